/**
 * The part of a line that is in sight, no finer than the eye can see.
 *
 * Where points crowd, each narrow column of the plot keeps its first, lowest, highest and last (M4;
 * Jugel and others, VLDB 2014): the drawn line covers the same ground, no peak is lost, and every
 * point that is left is one that was made.
 */
import { lowerBound } from "@/lib/columns";
import type { Window } from "./types";

/** Width of a column; at most four points of a line are drawn in one. */
const COLUMN_PX = 2;
/** A line this short is given whole, so that its points keep their places from frame to frame. */
export const WHOLE_TO = 400;

export interface Points {
  readonly t: readonly number[];
  readonly v: readonly number[];
}

/** The points in sight and the neighbour on each side, thinned where there are too many. */
export function inSight(line: Points, sight: Window, plotPx: number): Points {
  if (line.t.length <= WHOLE_TO) return line;
  const start = Math.max(0, lowerBound(line.t, sight.from) - 1);
  const end = Math.min(line.t.length, lowerBound(line.t, sight.to) + 1);
  const columns = Math.max(1, Math.floor(plotPx / COLUMN_PX));
  if (end - start <= 4 * columns)
    return { t: line.t.slice(start, end), v: line.v.slice(start, end) };
  return picked(line, placesOf(line, start, end, (sight.to - sight.from) / columns));
}

function picked({ t, v }: Points, places: readonly number[]): Points {
  return { t: places.map((at) => t[at] ?? 0), v: places.map((at) => v[at] ?? 0) };
}

/** The places that are kept, rising. */
function placesOf(line: Points, start: number, end: number, columnMs: number): number[] {
  const columnAt = (at: number) => Math.floor((line.t[at] ?? 0) / columnMs);
  const places: number[] = [];
  for (let first = start, next = start; first < end; first = next) {
    const column = columnAt(first);
    while (next < end && columnAt(next) === column) next += 1;
    places.push(...outlineOf(line.v, first, next));
  }
  return places;
}

/** First, lowest, highest and last of `[first, next)`, each once, in their order. */
function outlineOf(values: readonly number[], first: number, next: number): Iterable<number> {
  let low = first;
  let high = first;
  for (let at = first; at < next; at += 1) {
    if ((values[at] ?? 0) < (values[low] ?? 0)) low = at;
    if ((values[at] ?? 0) > (values[high] ?? 0)) high = at;
  }
  return new Set([first, Math.min(low, high), Math.max(low, high), next - 1]);
}
