/** The lines: a model's own points, joined straight and broken where nothing is known. */
import { lowerBound } from "@/lib/columns";
import { seriesData } from "./echarts";
import { type Frame, partOf, sightOf } from "./frame";
import { pointsOf } from "./points";
import { inSight, WHOLE_TO } from "./thin";
import type { Line, Window } from "./types";

const SYMBOLS_PER_PX = 1 / 9;
const LABELS_PER_PX = 1 / 42;
/** With more points than this a line is drawn fine: its strokes would run into one another. */
const DENSE_PER_PX = 0.6;

function countInSight(lines: readonly Line[], { from, to }: Window): number {
  return lines.reduce((count, { t }) => count + lowerBound(t, to + 1) - lowerBound(t, from), 0);
}

/** Whether some line has more points than strokes of the usual width can tell apart. */
function isCrowded(lines: readonly Line[], sight: Window, plot: number): boolean {
  return lines.some((line) => countInSight([line], sight) > plot * DENSE_PER_PX);
}

/** Whether a line's points have to be given again: `before` is the frame that stands. */
export function isRedrawn(line: Line, frame: Frame, before: Frame | null): boolean {
  const old = before?.chart.lines.find(({ key }) => key === line.key);
  if (!before || old?.t !== line.t || old.v !== line.v) return true;
  if (before.chart.gaps !== frame.chart.gaps) return true;
  const isWhole = line.t.length <= WHOLE_TO;
  return !isWhole && (!isSame(sightOf(before), sightOf(frame)) || before.width !== frame.width);
}

function isSame(one: Window, other: Window): boolean {
  return one.from === other.from && one.to === other.to;
}

export function lineSeries(line: Line, frame: Frame, before: Frame | null, plot: number) {
  const { chart, texts, colors } = frame;
  const sight = sightOf(frame);
  const count = countInSight(chart.lines, sight);
  const isDense = isCrowded(chart.lines, sight, plot);
  return {
    id: `line ${line.key}`,
    name: line.key,
    type: "line" as const,
    ...(isRedrawn(line, frame, before)
      ? { data: seriesData(pointsOf(inSight(line, sight, plot), chart.gaps)) }
      : {}),
    dimensions: ["t", "v"],
    smooth: false,
    connectNulls: false,
    showSymbol: count <= plot * SYMBOLS_PER_PX,
    symbol: "circle",
    symbolSize: 6,
    lineStyle: {
      color: line.color,
      type: line.dash,
      width: isDense ? 1 : 2,
      cap: isDense ? ("butt" as const) : ("round" as const),
      join: isDense ? ("bevel" as const) : ("round" as const),
    },
    itemStyle: { color: line.color },
    // A crowded line is not made wider: strokes of one pixel are drawn many times faster.
    emphasis: { focus: "series" as const, lineStyle: { width: isDense ? 1 : 2.5 } },
    blur: { lineStyle: { opacity: 0.18 }, itemStyle: { opacity: 0.18 } },
    label: {
      show: chart.view !== "total" && count <= plot * LABELS_PER_PX,
      position: "top" as const,
      distance: 6,
      fontSize: 11,
      fontWeight: 500 as const,
      color: colors.ink,
      textBorderColor: colors.surface,
      textBorderWidth: 3,
      // The last point's value stands at the line's end already.
      formatter: ({ value }: { value: unknown }) =>
        partOf(value, 0) === line.t.at(-1) ? "" : texts.compact(partOf(value, 1)),
    },
    labelLayout: { hideOverlap: true },
    z: 3,
  };
}
