/** Overlays that follow the pointer: crosshair, rings and the selected span. */
import { timeAt } from "./plot";
import type { Reading } from "./reading";
import type { Scene } from "./scene";

const NAMED_FROM_PX = 120;

interface Props {
  readonly scene: Scene;
  readonly reading: Reading | null;
  readonly selection: readonly [number, number] | null;
}

export function Crosshair({ scene, reading, selection }: Props) {
  return (
    <svg aria-hidden="true" className="pointer-events-none absolute size-full overflow-visible">
      {reading && <Cross scene={scene} reading={reading} />}
      {selection && <Selection scene={scene} selection={selection} />}
    </svg>
  );
}

function Cross({ scene, reading }: { readonly scene: Scene; readonly reading: Reading }) {
  const { plot, input } = scene;
  const { x, width, rows } = reading;
  return (
    <>
      {width > 5 && (
        <rect
          x={Math.max(plot.left, x - width / 2)}
          y={plot.top}
          width={Math.min(width, plot.right - Math.max(plot.left, x - width / 2))}
          height={plot.height}
          className="fill-ink"
          opacity=".06"
        />
      )}
      <path
        d={`M${x} ${plot.top}V${plot.bottom}`}
        className="stroke-muted"
        opacity=".8"
        data-testid="crosshair"
      />
      {rows.map(
        ({ series, point }) =>
          point && (
            <circle
              key={series.key}
              cx={point.x}
              cy={point.y}
              r="4"
              fill={input.colors.surface}
              stroke={series.look.color}
              strokeWidth="2"
            />
          ),
      )}
    </>
  );
}

interface SelectionProps {
  readonly scene: Scene;
  readonly selection: readonly [number, number];
}

function Selection({ scene, selection }: SelectionProps) {
  const { plot, sight, input } = scene;
  const { texts } = input;
  const [from, to] = selection.map((x) => Math.min(Math.max(x, plot.left), plot.right)) as [
    number,
    number,
  ];
  const [start, end] = [timeAt(plot, sight, from), timeAt(plot, sight, to)];
  const span = `${texts.time(start)} – ${texts.time(end)} · ${texts.duration(Math.round((end - start) / 1_000) * 1_000)}`;
  return (
    <>
      <rect
        x={from}
        y={plot.top}
        width={to - from}
        height={plot.height}
        className="fill-accent"
        opacity=".12"
        data-testid="selection"
      />
      <path
        d={`M${from} ${plot.top}v${plot.height}M${to} ${plot.top}v${plot.height}`}
        className="stroke-accent"
        strokeWidth="1.5"
      />
      {to - from > NAMED_FROM_PX && (
        <text
          x={(from + to) / 2}
          y={plot.bottom - 10}
          textAnchor="middle"
          className="fill-ink stroke-surface text-xs font-semibold figure-nums [paint-order:stroke]"
          strokeWidth="4"
        >
          {span}
        </text>
      )}
    </>
  );
}
