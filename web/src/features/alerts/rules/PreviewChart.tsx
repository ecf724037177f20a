import { useAlertSettingsTexts } from "../settingsTexts";
import type { PreviewDay } from "./previewDays";

const HEIGHT = 56;
const STEP = 10;
const GAP = 2;

interface Props {
  readonly days: readonly PreviewDay[];
  /** A limit per day, as a line; null for none. */
  readonly limit: number | null;
}

/** A bar for each day; a day with an alert is marked, also where nothing was spent. */
export function PreviewChart({ days, limit }: Props) {
  const { preview } = useAlertSettingsTexts();
  const top = Math.max(1, limit ?? 0, ...days.map(({ credits }) => credits)) * 1.05;
  const yOf = (credits: number) => HEIGHT - (credits / top) * HEIGHT;
  const width = days.length * STEP;
  const first = days.at(0)?.date.slice(5);
  const last = days.at(-1)?.date.slice(5);
  return (
    <div>
      <svg
        role="img"
        aria-label={preview.chart}
        viewBox={`0 0 ${width} ${HEIGHT}`}
        preserveAspectRatio="none"
        className="h-20 w-full"
      >
        {days.map(({ date, credits, isHit }, at) => (
          <g key={date} className={isHit ? HIT : BAR}>
            <rect
              x={at * STEP + GAP / 2}
              width={STEP - GAP}
              y={Math.min(yOf(credits), HEIGHT - (isHit ? 4 : 1))}
              height={Math.max(HEIGHT - yOf(credits), isHit ? 4 : 1)}
            />
          </g>
        ))}
        {limit !== null && (
          <path
            d={`M0 ${yOf(limit)}H${width}`}
            className="stroke-warn"
            strokeDasharray="4 3"
            vectorEffect="non-scaling-stroke"
          />
        )}
      </svg>
      <p aria-hidden="true" className="figure-nums flex justify-between text-2xs text-faint">
        <span>{first}</span>
        <span>{last}</span>
      </p>
    </div>
  );
}

const BAR = "fill-line-strong opacity-50 forced-colors:fill-[GrayText]";
const HIT = "fill-warn forced-colors:fill-[Highlight]";
