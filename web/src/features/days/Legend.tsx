import { useFormat } from "@/i18n";
import { cn } from "@/lib/cn";
import { useDaysTexts } from "./texts";
import type { NamedSeries } from "./useSeries";

interface Props {
  readonly series: readonly NamedSeries[];
  readonly onToggle: (key: string) => void;
}

/** The series with their sums; a click hides one or shows it again. */
export function Legend({ series, onToggle }: Props) {
  const texts = useDaysTexts();
  const format = useFormat();
  return (
    <fieldset
      aria-label={texts.legend}
      className="-mx-1.5 flex min-w-0 flex-wrap gap-x-1 max-sm:order-2"
    >
      {series.map(({ key, name, color, total, isHidden }) => (
        <button
          key={key}
          type="button"
          aria-pressed={!isHidden}
          title={key || name}
          onClick={() => onToggle(key)}
          className="touchable inline-flex h-7 max-w-60 items-center gap-1.5 rounded-md px-1.5 text-xs whitespace-nowrap figure-nums hover:bg-hover"
        >
          <span
            aria-hidden="true"
            className={cn(
              "size-2.5 shrink-0 rounded-[3px] forced-color-adjust-none",
              isHidden && "opacity-30",
            )}
            style={{ background: color }}
          />
          <span className={cn("truncate", isHidden ? "text-faint line-through" : "text-muted")}>
            {name}
          </span>
          {!isHidden && <b className="font-semibold text-ink">{format.amount(total)}</b>}
        </button>
      ))}
    </fieldset>
  );
}
