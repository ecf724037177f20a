/** How much of a span is known: its gaps may overlap. */
import type { Span } from "./range";

/** Return the milliseconds of a span that are in gaps; overlaps count once. */
export function missingIn(gaps: readonly Span[], { from, to }: Span): number {
  let missing = 0;
  let end = from;
  for (const gap of gaps.toSorted((one, other) => one.from - other.from)) {
    const start = Math.max(gap.from, end);
    const stop = Math.min(gap.to, to);
    if (stop <= start) continue;
    missing += stop - start;
    end = stop;
  }
  return missing;
}

/** With less than this share known, a comparison would mislead. */
const COMPARABLE_SHARE = 0.98;

/** Return the share of a span outside of all gaps, from 0 to 1. */
export function coveredShare(gaps: readonly Span[], { from, to }: Span): number {
  return to > from ? 1 - missingIn(gaps, { from, to }) / (to - from) : 1;
}

/** Whether enough of a span is known to compare its sums with those of another. */
export function isComparable(gaps: readonly Span[], span: Span): boolean {
  return coveredShare(gaps, span) >= COMPARABLE_SHARE;
}
