/** Running totals as step lines: from zero, flat between requests, broken where unwatched. */
import { lowerBound, tidy } from "@/lib/columns";
import { watchedIn } from "./gaps";
import type { ChartSeries, Window } from "./types";

type Columns = Pick<ChartSeries, "t" | "v">;

export interface Steps {
  /** Time and running total in turns; a pair of NaN breaks the line. */
  readonly points: Float64Array;
  readonly total: number;
}

const sums = new WeakMap<readonly number[], Float64Array>();

/** Prefix sums, computed once per column: a zoom reads them and never walks the rows. */
function prefixSums(values: readonly number[]): Float64Array {
  const known = sums.get(values);
  if (known) return known;
  const prefix = new Float64Array(values.length + 1);
  values.forEach((value, at) => {
    prefix[at + 1] = (prefix[at] ?? 0) + value;
  });
  sums.set(values, prefix);
  return prefix;
}

/** The sum of the values in `[from, to)`. */
export function sumIn({ t, v }: Columns, from: number, to: number): number {
  const prefix = prefixSums(v);
  return tidy((prefix[lowerBound(t, to)] ?? 0) - (prefix[lowerBound(t, from)] ?? 0));
}

/** Step points of a window. `gaps` must be merged; at most one step per pixel is kept. */
export function stepsOf(
  columns: Columns,
  window: Window,
  gaps: readonly Window[],
  widthPx: number,
): Steps {
  const points: number[] = [];
  const msPerPx = (window.to - window.from) / Math.max(1, widthPx);
  for (const { from, to } of watchedIn(gaps, window)) {
    if (points.length > 0) points.push(Number.NaN, Number.NaN);
    points.push(from, sumIn(columns, window.from, from));
    addSteps(columns, window, { from, to }, msPerPx, points);
    points.push(to, sumIn(columns, window.from, to + (to === window.to ? 1 : 0)));
  }
  return {
    points: Float64Array.from(points),
    total: sumIn(columns, window.from, window.to + 1),
  };
}

function addSteps(
  { t, v }: Columns,
  window: Window,
  { from, to }: Window,
  msPerPx: number,
  points: number[],
): void {
  const prefix = prefixSums(v);
  const start = prefix[lowerBound(t, window.from)] ?? 0;
  const end = lowerBound(t, to);
  for (let at = lowerBound(t, from); at < end; ) {
    const column = Math.floor((t[at] ?? 0) / msPerPx);
    let next = at + 1;
    while (next < end && Math.floor((t[next] ?? 0) / msPerPx) === column) next += 1;
    points.push(t[next - 1] ?? 0, tidy((prefix[next] ?? 0) - start));
    at = next;
  }
}

/**
 * Collect steps until they add up to `least`. ECharts leaves out segments under 2 device pixels
 * (`segmentIgnoreThreshold` of its line view), which would tilt the long flat part after them.
 */
export function gathered(points: Float64Array, least: number): Float64Array {
  const kept: number[] = [];
  let height = Number.NaN;
  for (let at = 0; at < points.length; at += 2) {
    const value = points[at + 1] ?? 0;
    if (!isEdge(points, at) && value - height < least) continue;
    kept.push(points[at] ?? 0, value);
    height = value;
  }
  return flatEnd(kept, least);
}

function isEdge(points: Float64Array, at: number): boolean {
  const [before, own, after] = [points[at - 2], points[at], points[at + 2]];
  return [before, own, after].some((t) => t === undefined || Number.isNaN(t));
}

/** A last step under the threshold would tilt as well: it is drawn flat, its label has the value. */
function flatEnd(kept: number[], least: number): Float64Array {
  const end = kept.length - 1;
  const [before, last] = [kept[end - 2], kept[end]];
  if (before !== undefined && last !== undefined && last - before < least) kept[end] = before;
  return Float64Array.from(kept);
}
