/**
 * Marks of single requests. Requests of one model at most two minutes apart form a burst, drawn
 * as one line; a request on its own is a dot on a stem. Where points are closer than the eye can
 * separate, the line keeps the first, lowest, highest and last of each column and there is one dot
 * per cell, so that no peak is lost.
 */
import { lowerBound } from "@/lib/columns";
import { hasGapBetween } from "./gaps";
import type { ChartSeries, Window } from "./types";

const BURST_MS = 120_000;
/** Width of a column and size of a cell of the thinning. */
const CELL_PX = 3;

/** Flat columns: time and value in turns; a pair of NaN ends a line. */
export interface Marks {
  readonly lines: readonly number[];
  readonly lone: readonly number[];
  readonly dots: readonly number[];
  /** Smaller dots of dense bursts. */
  readonly crowd: readonly number[];
}

export interface MarkScale {
  readonly x: (t: number) => number;
  readonly y: (value: number) => number;
}

interface Sink {
  readonly lines: number[];
  readonly lone: number[];
  readonly dots: number[];
  readonly crowd: number[];
}

type Columns = Pick<ChartSeries, "t" | "v">;

/** `gaps` must be merged. */
export function marksOf(
  series: Columns,
  sight: Window,
  gaps: readonly Window[],
  scale: MarkScale,
): Marks {
  const sink: Sink = { lines: [], lone: [], dots: [], crowd: [] };
  const end = lowerBound(series.t, sight.to + 1);
  for (let start = lowerBound(series.t, sight.from); start < end; ) {
    const next = endOfBurst(series.t, start, end, gaps);
    if (next - start === 1) push(sink.lone, series, start);
    else drawBurst(series, start, next, scale, sink);
    start = next;
  }
  return sink;
}

function endOfBurst(
  t: readonly number[],
  start: number,
  end: number,
  gaps: readonly Window[],
): number {
  let at = start + 1;
  for (; at < end; at += 1) {
    const [before, now] = [t[at - 1] ?? 0, t[at] ?? 0];
    if (now - before > BURST_MS || hasGapBetween(gaps, before, now)) break;
  }
  return at;
}

function drawBurst(series: Columns, start: number, end: number, scale: MarkScale, sink: Sink) {
  const width = scale.x(series.t[end - 1] ?? 0) - scale.x(series.t[start] ?? 0);
  if (width / (end - start - 1) >= CELL_PX) {
    for (let at = start; at < end; at += 1) {
      push(sink.lines, series, at);
      push(sink.dots, series, at);
    }
  } else {
    push(sink.dots, series, highestOf(series.v, start, end));
    drawDense(series, start, end, scale, sink);
  }
  sink.lines.push(Number.NaN, Number.NaN);
}

function drawDense(series: Columns, start: number, end: number, scale: MarkScale, sink: Sink) {
  const columnAt = (at: number) => Math.floor(scale.x(series.t[at] ?? 0) / CELL_PX);
  for (let first = start; first < end; ) {
    const column = columnAt(first);
    let next = first + 1;
    while (next < end && columnAt(next) === column) next += 1;
    drawColumn(series, first, next, scale, sink);
    first = next;
  }
}

function drawColumn(series: Columns, first: number, next: number, scale: MarkScale, sink: Sink) {
  const high = highestOf(series.v, first, next);
  const low = lowestOf(series.v, first, next);
  for (const at of new Set([first, Math.min(low, high), Math.max(low, high), next - 1])) {
    push(sink.lines, series, at);
  }
  const cellAt = (at: number) => Math.round(scale.y(series.v[at] ?? 0) / CELL_PX);
  const taken = new Set([cellAt(high)]);
  push(sink.crowd, series, high);
  for (let at = first; at < next; at += 1) {
    const cell = cellAt(at);
    if (taken.has(cell)) continue;
    taken.add(cell);
    push(sink.crowd, series, at);
  }
}

function push(into: number[], { t, v }: Columns, at: number): void {
  into.push(t[at] ?? Number.NaN, v[at] ?? Number.NaN);
}

function highestOf(values: readonly number[], start: number, end: number): number {
  let best = start;
  for (let at = start; at < end; at += 1) if ((values[at] ?? 0) > (values[best] ?? 0)) best = at;
  return best;
}

function lowestOf(values: readonly number[], start: number, end: number): number {
  let best = start;
  for (let at = start; at < end; at += 1) if ((values[at] ?? 0) < (values[best] ?? 0)) best = at;
  return best;
}
