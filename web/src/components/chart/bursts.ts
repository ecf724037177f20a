/**
 * Marks of single requests. Requests of one model at most two minutes apart form a burst, drawn
 * as one line; a request on its own is a dot on a stem.
 */
import { lowerBound } from "@/lib/columns";
import { hasGapBetween } from "./gaps";
import { type Columns, type MarkScale, type Marks, Thinning } from "./thinning";
import type { Window } from "./types";

const BURST_MS = 120_000;
/** `gaps` must be merged. */
export function marksOf(
  series: Columns,
  sight: Window,
  gaps: readonly Window[],
  scale: MarkScale,
): Marks {
  const thinning = new Thinning(series, scale);
  const end = lowerBound(series.t, sight.to + 1);
  for (let start = lowerBound(series.t, sight.from); start < end; ) {
    const next = endOfBurst(series.t, start, end, gaps);
    thinning.draw(start, next);
    start = next;
  }
  return thinning.marks();
}

function endOfBurst(
  t: readonly number[],
  start: number,
  end: number,
  gaps: readonly Window[],
): number {
  let at = start + 1;
  for (; at < end; at += 1) {
    const before = t[at - 1] ?? 0;
    const now = t[at] ?? 0;
    if (now - before > BURST_MS) break;
    if (gaps.length > 0 && hasGapBetween(gaps, before, now)) break;
  }
  return at;
}
