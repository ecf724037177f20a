/** The values at the ends of the series, beside the plot: labels, leader lines and dots. */

import type { LegendActions } from "./LegendButton";
import { LegendButton } from "./LegendButton";
import { legendEntries } from "./legendEntries";
import { xOf } from "./plot";
import type { End, Scene } from "./scene";
import { spread } from "./spread";

/** Also the least size of a target, as WCAG 2.2 has it. */
const LABEL_PX = 24;
const ELBOW_PX = 6;
const LABEL_LEFT_PX = 24;
const LABEL_GAP_PX = 6;

/** How many labels fit beside the plot. */
export function roomForEnds({ plot }: Scene): number {
  return plot.isNarrow ? 0 : Math.floor((plot.height + LABEL_PX) / LABEL_PX);
}

interface Props extends LegendActions {
  readonly scene: Scene;
}

export function Ends({ scene, ...actions }: Props) {
  const { plot, input } = scene;
  const ends = legendEntries(scene).slice(0, roomForEnds(scene));
  const places = spread(
    ends.map(({ y }) => Math.min(Math.max(y, plot.top), plot.bottom)),
    LABEL_PX,
    plot.top + 4,
    plot.bottom + 6,
  );
  return (
    <>
      <svg aria-hidden="true" className="pointer-events-none absolute size-full overflow-visible">
        {ends.map((end, at) => (
          <Leader key={keyOf(end)} scene={scene} end={end} y={places[at] ?? 0} />
        ))}
        {scene.ends.map((end) => (
          <EndDot key={keyOf(end)} scene={scene} end={end} />
        ))}
      </svg>
      {!plot.isNarrow && ends.length > 0 && (
        <ul aria-label={input.texts.legend} className="pointer-events-none absolute inset-0">
          {ends.map((end, at) => (
            <li
              key={keyOf(end)}
              className="absolute top-0 -translate-y-1/2"
              // A transform: values move labels, which is no shift of the page's layout.
              style={{
                left: plot.right + LABEL_LEFT_PX,
                width: plot.rail,
                transform: `translateY(${places[at] ?? 0}px)`,
              }}
            >
              <LegendButton
                series={end.series}
                hasLine={end.dotY !== null}
                value={end.value}
                note={end.note}
                texts={input.texts}
                isHidden={end.isHidden}
                isDimmed={input.focus !== null && input.focus !== end.series?.key}
                shape="end"
                {...actions}
              />
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

export function keyOf({ series }: End): string {
  return series ? `model ${series.key}` : "total";
}

interface MarkProps {
  readonly scene: Scene;
  readonly end: End;
}

/** From the end of the line to its label. */
function Leader({ scene, end, y }: MarkProps & { readonly y: number }) {
  const { plot, input, form } = scene;
  if (!end.hasLeader || plot.isNarrow) return null;
  const x = input.chart.view === "interval" && form === "lines" ? endX(scene, end) : plot.right;
  const stop = plot.right + LABEL_LEFT_PX - LABEL_GAP_PX;
  const path = `M${x + ELBOW_PX} ${end.y}H${plot.right + ELBOW_PX}L${stop - ELBOW_PX / 2} ${y}H${stop}`;
  const color = end.series?.look.color ?? input.colors.ink;
  return <path d={path} fill="none" stroke={color} strokeOpacity={end.series ? 0.6 : 0.45} />;
}

function EndDot({ scene, end }: MarkProps) {
  const { input, plot } = scene;
  if (end.dotY === null || (plot.isNarrow && scene.ends.length > MOST_NARROW_DOTS)) return null;
  const color = end.series?.look.color ?? input.colors.ink;
  const { surface } = input.colors;
  return (
    <circle
      cx={endX(scene, end)}
      cy={end.dotY}
      r={end.series ? 4.5 : 4}
      fill={end.isHollow ? surface : color}
      stroke={end.isHollow ? color : surface}
      strokeWidth="2"
    />
  );
}

const MOST_NARROW_DOTS = 6;

function endX({ plot, sight }: Scene, { t }: End): number {
  return Math.min(xOf(plot, sight, t), plot.right);
}
