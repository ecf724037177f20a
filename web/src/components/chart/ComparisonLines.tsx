/** The previous span as a dotted line and the usual spend as a band, behind the canvas. */
import type { Comparison } from "./comparison";
import { xOf } from "./plot";
import type { Scene } from "./scene";

export function ComparisonLines({ scene }: { readonly scene: Scene }) {
  const { plot, comparison, intervals } = scene;
  if (!comparison) return null;
  return (
    // Values above the axis are cut off.
    <svg
      aria-hidden="true"
      className="pointer-events-none absolute"
      style={{ left: plot.left, top: plot.top }}
      width={plot.width}
      height={plot.height}
      viewBox={`${plot.left} ${plot.top} ${plot.width} ${plot.height}`}
    >
      <path
        d={bandPath(scene, comparison)}
        className="fill-ink"
        opacity=".065"
        data-testid="usual"
      />
      <path
        d={linePath(scene, comparison, intervals === null)}
        className="fill-none stroke-faint"
        strokeWidth="1.1"
        strokeDasharray="1.5 3.5"
        opacity={isDense(comparison) ? 0.45 : 0.85}
        data-testid="previous"
      />
    </svg>
  );
}

/** With this many values the line is lighter: it would hide the curve. */
const DENSE = 120;

function isDense({ previous }: Comparison): boolean {
  return previous.length > DENSE;
}

function linePath({ plot, sight, y }: Scene, { previous }: Comparison, isStep: boolean): string {
  let isJoined = false;
  return previous
    .map((point) => {
      if (!point) {
        isJoined = false;
        return "";
      }
      const [x, height] = [px(xOf(plot, sight, point[0])), px(y(0, point[1]))];
      const move = isJoined ? (isStep ? `H${x}V${height}` : `L${x} ${height}`) : `M${x} ${height}`;
      isJoined = true;
      return move;
    })
    .join("");
}

/** A closed shape for each run of known intervals. */
function bandPath({ plot, sight, y }: Scene, { usual }: Comparison): string {
  return runsOf(usual)
    .map((run) => {
      const upper = run.map(([t, { high }]) => `${px(xOf(plot, sight, t))} ${px(y(0, high))}`);
      const lower = run.map(([t, { low }]) => `${px(xOf(plot, sight, t))} ${px(y(0, low))}`);
      return `M${[...upper, ...lower.toReversed()].join("L")}Z`;
    })
    .join("");
}

function runsOf<Item>(items: readonly (Item | null)[]): readonly (readonly Item[])[] {
  const runs: Item[][] = [[]];
  for (const item of items) {
    if (item === null) runs.push([]);
    else runs.at(-1)?.push(item);
  }
  return runs.filter(({ length }) => length > 0);
}

function px(value: number): number {
  return Math.round(value * 10) / 10;
}
