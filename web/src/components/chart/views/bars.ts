/**
 * Sums per interval as stacked bars; the interval that still goes on is pale. A bar is a thick
 * vertical line: all bars of a model are one path, and they do not move the ends of the time axis.
 */
import { isDimmed } from "../scene";
import { lineSeries, type Series } from "../strokes";
import type { IntervalDrawing } from "./interval";

const DIMMED = 0.16;
const PALE = 0.5;
const MOST_PX = 44;
/** Between the bars of a stack, from this width on. */
const SEAM_PX = 0.75;
const SEAM_FROM_PX = 6;
/** ECharts leaves out shorter lines. */
const LEAST_PX = 0.75;

/** Times and heights of vertical lines, in turns; a pair of NaN ends each. */
interface Bars {
  readonly whole: number[];
  readonly partial: number[];
}

export function barSeries(drawing: IntervalDrawing): readonly Series[] {
  const { input, intervalPx } = drawing;
  const width = barWidth(intervalPx);
  const tops = new Float64Array(drawing.intervals.middles.length);
  return input.chart.series.flatMap(({ key, look }, at) => {
    const { whole, partial } = barsOf(drawing, at, tops, width > SEAM_FROM_PX ? SEAM_PX : 0);
    const opacity = isDimmed(input, key) ? DIMMED : 1;
    const bars = (id: string, points: readonly number[], shade: number): Series => {
      const stroke = { id, width, color: look.color, opacity: opacity * shade, z: 3 };
      const line = lineSeries({ ...stroke, points: Float64Array.from(points) });
      return { ...line, lineStyle: { ...line.lineStyle, cap: "butt" } };
    };
    return [
      bars(`line ${key}`, whole, 1),
      ...(partial.length ? [bars(`pale ${key}`, partial, PALE)] : []),
    ];
  });
}

/** The bars of a model on the tops of those before it, which they raise. */
function barsOf(
  { intervals, unitsPerPx }: IntervalDrawing,
  at: number,
  tops: Float64Array,
  seamPx: number,
): Bars {
  const bars: Bars = { whole: [], partial: [] };
  intervals.series[at]?.v.forEach((value, index) => {
    if (value <= 0) return;
    const [t, base] = [intervals.middles[index] ?? 0, tops[index] ?? 0];
    const seam = base > 0 ? Math.min(seamPx, value / unitsPerPx - LEAST_PX) : 0;
    const start = base + Math.max(0, seam) * unitsPerPx;
    tops[index] = base + value;
    const end = Math.max(base + value, start + LEAST_PX * unitsPerPx);
    (intervals.isWhole[index] ? bars.whole : bars.partial).push(t, start, t, end, NaN, NaN);
  });
  return bars;
}

function barWidth(intervalPx: number): number {
  const space = intervalPx > 7 ? 2.5 : intervalPx > 3 ? 1 : 0;
  return Math.max(1, Math.min(intervalPx - space, MOST_PX));
}
