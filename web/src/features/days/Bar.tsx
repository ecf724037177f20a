import type { Scale } from "@/components/chart/scale";
import { cn } from "@/lib/cn";
import type { Day } from "./days";
import type { NamedSeries } from "./useSeries";

interface Props {
  readonly day: Day;
  readonly series: readonly NamedSeries[];
  readonly scale: Scale;
  readonly isWide: boolean;
}

/** The bar of a day, stacked by its series. */
export function Bar({ day, series, scale, isWide }: Props) {
  return (
    <span
      aria-hidden="true"
      className={cn(
        "pointer-events-none flex w-[68%] min-w-[2px] flex-col-reverse overflow-hidden rounded-t-[4px] forced-color-adjust-none",
        isWide ? "max-w-18" : "max-w-11",
        day.isNow && "opacity-55",
        day.isCut && !day.isNow && "opacity-70",
      )}
      style={{ height: `${(day.credits / scale.max) * 100}%` }}
    >
      {series.map(({ key, color }, at) => (
        <span
          key={key}
          className="shrink-0 border-surface not-last:border-t-[0.75px]"
          style={{
            height: `${((day.parts[at] ?? 0) / Math.max(day.credits, 1e-9)) * 100}%`,
            background: color,
          }}
        />
      ))}
    </span>
  );
}
