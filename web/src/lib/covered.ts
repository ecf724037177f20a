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

/** Return the share of a span outside of all gaps, from 0 to 1. */
export function coveredShare(gaps: readonly Span[], { from, to }: Span): number {
  return to > from ? 1 - missingIn(gaps, { from, to }) / (to - from) : 1;
}
