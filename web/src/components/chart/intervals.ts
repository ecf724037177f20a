/**
 * Sums per interval. An interval that was watched throughout and has no request is zero; one that
 * was partly or wholly unwatched and has no request is unknown.
 */
import { lowerBound, tidy } from "@/lib/columns";
import { DAY_MS, floorTo, HOUR_MS, MINUTE_MS, SECOND_MS } from "@/lib/time";
import { hasGapBetween } from "./gaps";
import type { ChartSeries, Window } from "./types";

/** The usual sizes, and those in between for narrow plots. */
const USUAL_MS: readonly number[] = [
  10 * SECOND_MS,
  MINUTE_MS,
  5 * MINUTE_MS,
  15 * MINUTE_MS,
  HOUR_MS,
  DAY_MS,
];
const ALL_MS: readonly number[] = [
  ...USUAL_MS,
  30 * SECOND_MS,
  2 * MINUTE_MS,
  10 * MINUTE_MS,
  30 * MINUTE_MS,
  2 * HOUR_MS,
  3 * HOUR_MS,
].sort((one, other) => one - other);
const MOST = 180;
const LEAST_PX = 5;

/** The interval size for a span drawn on so many pixels: the finest that stays legible. */
export function intervalFor(lengthMs: number, widthPx: number, sourceMs: number): number {
  const fits = (size: number) => size >= sourceMs && size % Math.max(1, sourceMs) === 0;
  const usual = USUAL_MS.find((size) => fits(size) && lengthMs / size <= MOST) ?? DAY_MS;
  const wide = (size: number) => (size / lengthMs) * widthPx >= LEAST_PX;
  return ALL_MS.find((size) => size >= usual && fits(size) && wide(size)) ?? DAY_MS;
}

interface SeriesSums {
  readonly v: Float64Array;
  readonly n: Float64Array;
}

export interface Intervals {
  readonly ms: number;
  /** The borders; one more than there are intervals. */
  readonly edges: readonly number[];
  readonly middles: readonly number[];
  readonly series: readonly SeriesSums[];
  readonly total: Float64Array;
  readonly requests: Float64Array;
  /** Whether a gap overlaps the interval. */
  readonly hasGap: readonly boolean[];
  /** Whether the interval is in the past and within the range from end to end. */
  readonly isWhole: readonly boolean[];
}

/** Borders on round times of the zone's clock that enclose a span. */
function edgesOf({ from, to }: Window, ms: number, zone: string): readonly number[] {
  const edges = [floorTo(from, ms, zone)];
  for (let last = edges[0] ?? from; last < to; ) {
    // A day has 23 to 25 hours where the clock is changed.
    last = ms < DAY_MS ? last + ms : floorTo(last + 1.5 * DAY_MS, DAY_MS, zone);
    edges.push(last);
  }
  return edges;
}

export interface IntervalInput {
  readonly series: readonly ChartSeries[];
  /** Merged. */
  readonly gaps: readonly Window[];
  readonly sight: Window;
  /** The span for which there is data: an interval beyond it is not whole. */
  readonly window: Window;
  readonly ms: number;
  readonly zone: string;
}

export function intervalsOf({ series, gaps, sight, window, ms, zone }: IntervalInput): Intervals {
  const edges = edgesOf(sight, ms, zone);
  const count = edges.length - 1;
  const sums = series.map((line) => sumsOf(line, edges));
  const each = <Value>(value: (from: number, to: number) => Value) =>
    Array.from({ length: count }, (_, at) => value(edges[at] ?? 0, edges[at + 1] ?? 0));
  return {
    ms,
    edges,
    middles: each((from, to) => (from + to) / 2),
    series: sums,
    total: added(
      sums.map(({ v }) => v),
      count,
    ),
    requests: added(
      sums.map(({ n }) => n),
      count,
    ),
    hasGap: each((from, to) => hasGapBetween(gaps, from, to)),
    isWhole: each((from, to) => from >= window.from && to <= window.to),
  };
}

/** The sums between neighbouring edges. */
export function sumsOf(
  { t, v, n }: Pick<ChartSeries, "t" | "v" | "n">,
  edges: readonly number[],
): SeriesSums {
  const count = edges.length - 1;
  const sums = { v: new Float64Array(count), n: new Float64Array(count) };
  const end = lowerBound(t, edges[count] ?? 0);
  let at = 0;
  for (let row = lowerBound(t, edges[0] ?? 0); row < end; row += 1) {
    while ((t[row] ?? 0) >= (edges[at + 1] ?? 0)) at += 1;
    sums.v[at] = tidy((sums.v[at] ?? 0) + (v[row] ?? 0));
    sums.n[at] = (sums.n[at] ?? 0) + (n[row] ?? 1);
  }
  return sums;
}

function added(columns: readonly Float64Array[], count: number): Float64Array {
  const sums = new Float64Array(count);
  for (const column of columns) {
    for (let at = 0; at < count; at += 1) sums[at] = tidy((sums[at] ?? 0) + (column[at] ?? 0));
  }
  return sums;
}

/** The drawn value of an interval: null where it is unknown. */
export function valueAt(values: Float64Array, intervals: Intervals, at: number): number | null {
  const value = values[at] ?? 0;
  return value === 0 && intervals.hasGap[at] ? null : value;
}
