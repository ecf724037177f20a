/** Texts over the canvas that do not follow the pointer: times, axis values, row names, unit. */
import { GapNames } from "./GapNames";
import { xOf } from "./plot";
import type { Scene } from "./scene";
import { fitting } from "./textWidth";
import { timeLabels } from "./timeAxis";

/** From the axis down to the baseline of its times. */
const TIMES_PX = 19;
const DIFFERENCE_PADDING_PX = 4;

export function Ground({ scene }: { scene: Scene }) {
  const { plot, unit, endsTitle, input } = scene;
  const isEmpty = input.chart.series.length === 0;
  return (
    <div aria-hidden="true" className="pointer-events-none absolute inset-0 figure-nums">
      <TimeTexts scene={scene} />
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

function TimeTexts({ scene }: { scene: Scene }) {
  return (
    <svg aria-hidden="true" className="absolute size-full overflow-visible">
      {timeLabels(scene).map(({ t, x, text, isDay }) => (
        <text
          key={t}
          x={x}
          y={scene.plot.bottom + TIMES_PX}
          textAnchor="middle"
          className={`text-[11.5px] ${isDay ? "fill-ink font-semibold" : "fill-faint"}`}
        >
          {text}
        </text>
      ))}
    </svg>
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
        {fitting(input.texts.difference(theirs, ours), right - left - DIFFERENCE_PADDING_PX)}
      </span>
    );
  });
}
