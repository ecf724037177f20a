/** Unwatched stretches, merged and searchable. */
import type { Window } from "./types";

/** The gaps within a window in ascending order, overlapping ones merged. */
export function mergedGaps(gaps: readonly Window[], window: Window): readonly Window[] {
  const merged: Window[] = [];
  for (const gap of gaps.toSorted((one, other) => one.from - other.from)) {
    const from = Math.max(gap.from, window.from);
    const to = Math.min(gap.to, window.to);
    if (to <= from) continue;
    const last = merged.at(-1);
    if (last && from <= last.to)
      merged[merged.length - 1] = { from: last.from, to: Math.max(last.to, to) };
    else merged.push({ from, to });
  }
  return merged;
}

/** Whether a gap overlaps the open interval between two instants. `gaps` must be merged. */
export function hasGapBetween(gaps: readonly Window[], from: number, to: number): boolean {
  if (to <= from) return false;
  let low = 0;
  let high = gaps.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((gaps[middle]?.to ?? 0) <= from) low = middle + 1;
    else high = middle;
  }
  const gap = gaps[low];
  return gap !== undefined && gap.from < to;
}

/** The watched stretches of a window: the complement of merged gaps. */
export function watchedIn(gaps: readonly Window[], { from, to }: Window): readonly Window[] {
  const watched: Window[] = [];
  let start = from;
  for (const gap of gaps) {
    if (gap.from >= to) break;
    if (gap.from > start) watched.push({ from: start, to: gap.from });
    start = Math.max(start, gap.to);
  }
  if (to > start) watched.push({ from: start, to });
  return watched;
}
