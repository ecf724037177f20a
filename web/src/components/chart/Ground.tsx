/** Texts and lines over the canvas that do not follow the pointer: axis values, gap names, unit. */
import { MINUTE_MS } from "@/lib/time";
import { gapPlaces } from "./places";
import { xOf } from "./plot";
import type { Scene } from "./scene";
import { textWidth } from "./textWidth";
import type { ChartGap } from "./types";

const NAME_PADDING_PX = 14;
const UPRIGHT_FROM_PX = 28;
/** An hour narrower than this has no room for its number. */
const DIFFERENCE_FROM_PX = 40;

export function Ground({ scene }: { scene: Scene }) {
  const { plot, unit, endsTitle, input } = scene;
  const isEmpty = input.chart.series.length === 0;
  return (
    <div aria-hidden="true" className="pointer-events-none absolute inset-0 figure-nums">
      {!isEmpty && <ValueTexts scene={scene} />}
      {!isEmpty && <Differences scene={scene} />}
      {plot.isNarrow ? <RowNames scene={scene} /> : <GapNames scene={scene} />}
      {!isEmpty && (
        <span
          className={`absolute top-0 text-xs text-faint ${plot.isNarrow ? "right-2.5" : "left-2"}`}
        >
          {unit}
        </span>
      )}
      {!plot.isNarrow && !isEmpty && (
        <span className="absolute top-0 text-xs text-faint" style={{ left: plot.right + 22 }}>
          {endsTitle}
        </span>
      )}
    </div>
  );
}

function ValueTexts({ scene }: { scene: Scene }) {
  const { plot, ticks, axisMax, rows } = scene;
  if (plot.isNarrow && rows) return null;
  return (
    <svg aria-hidden="true" className="absolute size-full overflow-visible">
      {ticks.map(({ at, text }) => (
        <text
          key={at}
          x={plot.left - 8}
          y={plot.bottom - (at / axisMax) * plot.height + 4}
          textAnchor="end"
          className="fill-faint text-[11.5px]"
        >
          {text}
        </text>
      ))}
    </svg>
  );
}

/** On a phone each row has its name and peak above it. */
function RowNames({ scene }: { scene: Scene }) {
  const { plot, rows, input } = scene;
  return input.chart.series.map(({ key, name }, at) => {
    const row = rows?.rows[at];
    if (!row) return null;
    const top = plot.bottom - row.base - row.height - 15;
    return (
      <span
        key={key}
        className="absolute right-2.5 left-1 flex text-2xs text-muted"
        style={{ top }}
      >
        <span className="rounded-sm bg-surface/80 px-0.5">{name}</span>
        <span className="ml-auto text-faint">{input.texts.number(row.peak)}</span>
      </span>
    );
  });
}

function GapNames({ scene }: { scene: Scene }) {
  const { plot, input } = scene;
  return gapPlaces(scene).map(({ gap, left, right }) => {
    const name = input.texts.gaps[gap.kind];
    const length = input.texts.duration(toMinutes(gap.to - gap.from));
    const place = { left: (left + right) / 2, top: plot.top + 8 };
    const look =
      "absolute -translate-x-1/2 rounded-md border border-line bg-surface text-2xs font-medium whitespace-nowrap text-muted";
    if (right - left > textWidth(name) + NAME_PADDING_PX) {
      return (
        <span key={gap.from} className={`${look} px-1.5 py-px text-center`} style={place}>
          <span className="block leading-tight">{name}</span>
          <span className="block leading-tight font-normal text-faint">{length}</span>
        </span>
      );
    }
    if (right - left < UPRIGHT_FROM_PX) return null;
    return (
      <span
        key={gap.from}
        className={`${look} px-px py-1.5 [writing-mode:vertical-rl]`}
        style={place}
      >
        {`${name} · ${length}`}
      </span>
    );
  });
}

/** Seconds of a longer gap are noise. */
function toMinutes(ms: number): number {
  return ms < 2 * MINUTE_MS ? ms : Math.round(ms / MINUTE_MS) * MINUTE_MS;
}

/** The hours for which the site reports other sums: a bar at the top of the plot. */
function Differences({ scene }: { scene: Scene }) {
  const { plot, sight, input } = scene;
  return input.chart.differences.map(({ from, to, ours, theirs }) => {
    const left = Math.max(plot.left, xOf(plot, sight, from));
    const right = Math.min(plot.right, xOf(plot, sight, to));
    if (right <= left) return null;
    return (
      <span
        key={from}
        className="absolute border-t-4 border-warn text-center text-2xs font-semibold whitespace-nowrap text-warn"
        style={{ left, top: plot.top, width: Math.max(6, right - left) }}
      >
        {right - left >= DIFFERENCE_FROM_PX ? input.texts.difference(theirs, ours) : ""}
      </span>
    );
  });
}

/** The gaps in words, below the plot of a phone. */
export function GapKey({ scene }: { scene: Scene }) {
  const { texts, chart } = scene.input;
  const { sight } = scene;
  const gaps = chart.gaps.filter(({ from, to }) => to > sight.from && from < sight.to);
  if (!scene.plot.isNarrow || gaps.length === 0) return null;
  const span = ({ from, to }: ChartGap) =>
    `${texts.time(Math.max(from, sight.from))}–${texts.time(Math.min(to, sight.to))}`;
  return (
    <ul className="flex flex-wrap gap-x-3.5 gap-y-0.5 px-3 pt-1 text-xs text-muted figure-nums">
      {gaps.slice(-MOST_NAMED).map((gap) => (
        <li key={gap.from} className="inline-flex items-center gap-1.5">
          <span aria-hidden="true" className="hatched inline-block h-2.5 w-4 border border-line" />
          <span>{`${texts.gaps[gap.kind]} ${span(gap)}`}</span>
        </li>
      ))}
    </ul>
  );
}

const MOST_NAMED = 4;
