/** The values of the last interval, with their labels. */
import { valueAt } from "../intervals";
import type { End } from "../scene";
import type { ChartSeries } from "../types";
import type { IntervalDrawing } from "./interval";

export function endsOf(
  drawing: IntervalDrawing,
  y: (at: number, value: number) => number,
): readonly End[] {
  const { input, intervals, rows } = drawing;
  const { series } = input.chart;
  const last = intervals.middles.length - 1;
  let stacked = 0;
  const ends = series.map((line, at) => {
    const value = valueAt(intervals.series[at]?.v ?? new Float64Array(), intervals, last);
    const middle = stacked + (value ?? 0) / 2;
    stacked += value ?? 0;
    const labelY = labelPlace(drawing, at, y(at, input.form === "bars" ? middle : (value ?? 0)));
    return endOf(drawing, line, value, labelY, y(at, value ?? 0));
  });
  if (series.length < 2 || rows) return ends;
  const total = valueAt(intervals.total, intervals, last);
  const top = y(0, total ?? 0);
  return [endOf(drawing, null, total, top, top), ...ends];
}

/** In rows a label is beside the middle of its row. */
function labelPlace({ rows, plot }: IntervalDrawing, at: number, y: number): number {
  const row = rows?.rows[at];
  return row ? plot.bottom - row.base - row.height / 2 : y;
}

function endOf(
  { input, intervals, rows }: IntervalDrawing,
  series: ChartSeries | null,
  value: number | null,
  y: number,
  dotY: number,
): End {
  const last = intervals.middles.length - 1;
  const hasValue = value !== null && value > 0;
  return {
    series,
    value,
    t: intervals.middles[last] ?? 0,
    y,
    dotY: hasValue && input.form !== "bars" ? dotY : null,
    hasLeader: hasValue && rows === null,
    isHollow: intervals.isWhole[last] === false,
    note: "",
  };
}
