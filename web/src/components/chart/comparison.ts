/** What the curve is compared with, drawn behind it: the previous span, and the usual spend. */
import { HOUR_MS } from "@/lib/time";
import { hasGapBetween, mergedGaps } from "./gaps";
import { type Intervals, sumsOf } from "./intervals";
import { type Steps, stepsOf } from "./steps";
import type { Chart, PreviousSpan, UsualRange, UsualRates, Window } from "./types";

/** The comparison raises the end of the axis by this factor at most: the curve comes first. */
const MOST_RAISED = 1.5;
/** Of a running total, the end matters most: it is visible up to this factor. */
export const MOST_RAISED_TOTAL = 2.5;

export interface Comparison {
  /** Times, as on the axis, and values; null breaks the line. */
  readonly previous: readonly (readonly [number, number] | null)[];
  readonly usual: readonly (readonly [number, UsualRange] | null)[];
}

/** Return both in the order of the intervals. */
export function intervalComparison(chart: Chart, intervals: Intervals): Comparison {
  const { previous, usual } = chart;
  return {
    previous: previous ? previousSums(previous, intervals) : [],
    usual: usual ? intervals.middles.map((_, at) => usualOf(usual, intervals, at)) : [],
  };
}

/** The sums of the previous span; none where its data are coarser than the intervals. */
function previousSums(previous: PreviousSpan, { edges, middles, ms }: Intervals) {
  if (ms % previous.sourceMs !== 0) return [];
  // Moved by whole intervals, so that each is compared with one that has the same borders.
  const shift = Math.round(previous.shiftMs / ms) * ms;
  const moved = edges.map((edge) => edge - shift);
  const gaps = gapsOf(previous, { from: moved[0] ?? 0, to: moved.at(-1) ?? 0 });
  const { v } = sumsOf(previous, moved);
  return middles.map((middle, at) => {
    const [from = 0, to = 0] = [moved[at], moved[at + 1]];
    return hasGapBetween(gaps, from, to) ? null : ([middle, v[at] ?? 0] as const);
  });
}

function gapsOf({ known, gaps }: PreviousSpan, window: Window): readonly Window[] {
  const unknown = [
    { from: Number.NEGATIVE_INFINITY, to: known.from },
    { from: known.to, to: Number.POSITIVE_INFINITY },
  ];
  return mergedGaps([...gaps, ...unknown], window);
}

/** The usual spend of an interval: the mean of its hours' rates, times its length. */
function usualOf(usual: UsualRates, { edges, middles }: Intervals, at: number) {
  const [from = 0, to = 0] = [edges[at], edges[at + 1]];
  const count = Math.max(1, Math.round((to - from) / HOUR_MS));
  const hours = (to - from) / HOUR_MS;
  let [low, high] = [0, 0];
  for (let part = 0; part < count; part += 1) {
    const rates = usual(from + ((part + 0.5) / count) * (to - from));
    if (!rates) return null;
    low += (rates.low * hours) / count;
    high += (rates.high * hours) / count;
  }
  return [middles[at] ?? 0, { low, high }] as const;
}

/** The previous span as running totals, moved to the present one. */
export function previousSteps(
  previous: PreviousSpan,
  sight: Window,
  widthPx: number,
): Steps & Comparison {
  const { shiftMs, sourceMs, t, v } = previous;
  const moved = { from: sight.from - shiftMs, to: sight.to - shiftMs };
  // The sum of a bucket is reached at its end.
  const columns = { t: t.map((time) => time + sourceMs), v };
  const steps = stepsOf(columns, moved, gapsOf(previous, moved), widthPx);
  return { ...steps, previous: pairsOf(steps.points, shiftMs), usual: [] };
}

function pairsOf(points: Float64Array, shiftMs: number) {
  return Array.from({ length: points.length / 2 }, (_, at) => {
    const [t = 0, value = 0] = [points[2 * at], points[2 * at + 1]];
    return Number.isNaN(t) ? null : ([t + shiftMs, value] as const);
  });
}

/** Return the highest value of the axis, with room for the comparison. */
export function raised(
  highest: number,
  hasValues: boolean,
  { previous, usual }: Comparison,
  factor = MOST_RAISED,
): number {
  const compared = Math.max(
    0,
    ...previous.map((point) => point?.[1] ?? 0),
    ...usual.map((point) => point?.[1].high ?? 0),
  );
  const most = hasValues ? highest * factor : compared;
  return Math.max(highest, Math.min(compared, most));
}
