import type { Scale } from "@/components/chart/scale";
import { useFormat } from "@/i18n";

/** The lines of round values, with the values to their left. */
export function Ticks({ scale }: { scale: Scale }) {
  const format = useFormat();
  return (
    <div aria-hidden="true" className="pointer-events-none absolute inset-0 figure-nums">
      {scale.ticks.map((value) => (
        <div
          key={value}
          className="absolute inset-x-0 border-t border-line"
          style={{ bottom: `${(value / scale.max) * 100}%` }}
        >
          <span className="absolute right-full -translate-y-1/2 pr-2 text-xs text-faint">
            {format.amount(value)}
          </span>
        </div>
      ))}
    </div>
  );
}
