/** Sums per interval as lines: broken at gaps, without the interval that still goes on. */
import { hasGapBetween } from "../gaps";
import { type Intervals, valueAt } from "../intervals";
import { isDimmed } from "../scene";
import { dotSeries, fadingFill, lineSeries, type Series } from "../strokes";
import type { ChartSeries, SeriesLook, Window } from "../types";
import type { IntervalDrawing } from "./interval";

const DIMMED = 0.16;
const MOST_THICK = 5;
const TOTAL_LOOK: SeriesLook = { color: "", marker: "circle", dash: null };

/** A value of an interval, or null for none, in the order of the intervals. */
type IntervalValues = readonly (number | null)[];

/** The values that are joined: whole intervals only. */
function joinedValues(values: Float64Array, intervals: Intervals): IntervalValues {
  return intervals.middles.map((_, at) =>
    intervals.isWhole[at] ? valueAt(values, intervals, at) : null,
  );
}

/** A run of zeros is drawn once, by the total: a model's line omits zeros between zeros. */
function withoutRest(values: IntervalValues): IntervalValues {
  const isUp = (at: number) => (values[at] ?? 0) > 0;
  return values.map((value, at) => (value === 0 && !isUp(at - 1) && !isUp(at + 1) ? null : value));
}

interface Path {
  /** Time and value in turns; a pair of NaN breaks the line. */
  readonly points: readonly number[];
  /** Points without a neighbour to join. */
  readonly single: readonly number[];
}

/** Join neighbours, except over a gap. `gaps` must be merged. */
function pathOf(values: IntervalValues, middles: readonly number[], gaps: readonly Window[]): Path {
  const isJoined = (at: number) => {
    const [from, to] = [middles[at], middles[at + 1]];
    if (from === undefined || to === undefined) return false;
    return values[at] !== null && values[at + 1] !== null && !hasGapBetween(gaps, from, to);
  };
  const points: number[] = [];
  const single: number[] = [];
  values.forEach((value, at) => {
    if (value === null) return;
    const point = [middles[at] ?? 0, value];
    if (!isJoined(at) && (at === 0 || !isJoined(at - 1))) single.push(...point);
    else points.push(...point);
    if (!isJoined(at)) points.push(Number.NaN, Number.NaN);
  });
  return { points, single };
}

export function areaSeries(drawing: IntervalDrawing): readonly Series[] {
  const { input, intervals, rows } = drawing;
  const { series } = input.chart;
  const lines = series.flatMap((line, at) =>
    linesOf(drawing, line, at, intervals.series[at]?.v ?? new Float64Array()),
  );
  return series.length > 1 && !rows ? [...totalLines(drawing), ...lines] : lines;
}

function linesOf(
  { input, intervals, rows }: IntervalDrawing,
  { key, look }: ChartSeries,
  at: number,
  values: Float64Array,
): readonly Series[] {
  const count = input.chart.series.length;
  const shade = isDimmed(input, key) ? DIMMED : 1;
  const row = rows?.rows[at];
  const joined = joinedValues(values, intervals);
  const shown = row || count < 2 ? joined : withoutRest(joined);
  const path = pathOf(shown, intervals.middles, input.gaps);
  const placed = (points: readonly number[]) =>
    Float64Array.from(points, (part, index) =>
      row && index % 2 ? row.base + part * (rows?.scale ?? 1) : part,
    );
  const line = lineSeries({
    id: `line ${key}`,
    points: placed(path.points),
    color: look.color,
    dash: look.dash,
    width: count > MOST_THICK ? 1.5 : 1.9,
    opacity: shade,
    z: 4 + at,
  });
  const fill = row
    ? { color: look.color, opacity: 0.22 * shade, origin: row.base }
    : fadingFill(look.color, (count > MOST_THICK ? 0.1 : 0.2) * shade);
  // A lone zero says nothing that the axis does not.
  const single = path.single.filter((_, index) => (path.single[index | 1] ?? 0) > 0);
  return [
    { ...line, areaStyle: fill },
    ...(single.length
      ? [dots(`single ${key}`, placed(single), look, 5, shade, input.colors.surface, 5 + at)]
      : []),
  ];
}

function totalLines({ input, intervals }: IntervalDrawing): readonly Series[] {
  const opacity = isDimmed(input, null) ? 0.2 : 0.55;
  const color = input.colors.ink;
  const path = pathOf(joinedValues(intervals.total, intervals), intervals.middles, input.gaps);
  const points = Float64Array.from(path.points);
  const single = Float64Array.from(path.single);
  const line = lineSeries({ id: "total", points, color, width: 1.1, opacity, z: 3 });
  const look = { ...TOTAL_LOOK, color };
  const lone = single.length ? [dots("single total", single, look, 3.5, opacity, null, 3)] : [];
  return [line, ...lone];
}

function dots(
  id: string,
  points: Float64Array,
  look: SeriesLook,
  size: number,
  opacity: number,
  rim: string | null,
  z: number,
): Series {
  return dotSeries({ id, points, look, size, opacity, rim, z });
}
