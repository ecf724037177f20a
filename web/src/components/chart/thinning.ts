/**
 * The marks of bursts. Where points are closer than the eye can separate, the line keeps the first,
 * lowest, highest and last of each column and there is one dot per cell, so that no peak is lost.
 */
import { Points } from "./points";
import type { ChartSeries } from "./types";

/** Usual width of a column and size of a cell of the thinning. */
export const CELL_PX = 3;
/** More cells than a column of any screen has; a power of two. */
const CELLS = 4_096;

/** Flat columns: time and value in turns; a pair of NaN ends a line. */
export interface Marks {
  readonly lines: Float64Array;
  readonly lone: Float64Array;
  readonly dots: Float64Array;
  /** Smaller dots of dense bursts. */
  readonly crowd: Float64Array;
}

export interface MarkScale {
  readonly x: (t: number) => number;
  readonly y: (value: number) => number;
  /** The width of a column and the size of a cell. */
  readonly cellPx: number;
}

export type Columns = Pick<ChartSeries, "t" | "v">;

/** Collects the marks of one series, without an allocation per request: each zoom draws them all. */
export class Thinning {
  private readonly lines = new Points();
  private readonly lone = new Points();
  private readonly dots = new Points();
  private readonly crowd = new Points();
  /** By cell of a column: the number of the column that has a dot there. */
  private readonly taken = new Int32Array(CELLS);
  private columns = 0;

  constructor(
    private readonly series: Columns,
    private readonly scale: MarkScale,
  ) {}

  marks(): Marks {
    const { lines, lone, dots, crowd } = this;
    return { lines: lines.all(), lone: lone.all(), dots: dots.all(), crowd: crowd.all() };
  }

  /** Draw a burst, or a request on its own. */
  draw(start: number, end: number): void {
    if (end - start === 1) {
      this.push(this.lone, start);
      return;
    }
    const width = this.scale.x(this.timeAt(end - 1)) - this.scale.x(this.timeAt(start));
    if (width / (end - start - 1) >= this.scale.cellPx) {
      for (let at = start; at < end; at += 1) {
        this.push(this.lines, at);
        this.push(this.dots, at);
      }
    } else {
      this.push(this.dots, highestOf(this.series.v, start, end));
      this.drawDense(start, end);
    }
    this.lines.push(Number.NaN, Number.NaN);
  }

  private drawDense(start: number, end: number): void {
    for (let first = start; first < end; ) {
      const column = this.columnAt(first);
      let next = first + 1;
      while (next < end && this.columnAt(next) === column) next += 1;
      this.drawColumn(first, next);
      first = next;
    }
  }

  private drawColumn(first: number, next: number): void {
    const { v } = this.series;
    const high = highestOf(v, first, next);
    const low = lowestOf(v, first, next);
    this.pushRising(first, Math.min(low, high), Math.max(low, high), next - 1);
    this.columns += 1;
    this.pushCell(high);
    for (let at = first; at < next; at += 1) this.pushCell(at);
  }

  /** Add places of the line, each once. */
  private pushRising(first: number, second: number, third: number, last: number): void {
    this.push(this.lines, first);
    if (second > first) this.push(this.lines, second);
    if (third > second) this.push(this.lines, third);
    if (last > third) this.push(this.lines, last);
  }

  /** Add a dot, the only one of its cell. */
  private pushCell(at: number): void {
    const cell = Math.round(this.scale.y(this.series.v[at] ?? 0) / this.scale.cellPx) & (CELLS - 1);
    if (this.taken[cell] === this.columns) return;
    this.taken[cell] = this.columns;
    this.push(this.crowd, at);
  }

  private push(into: Points, at: number): void {
    into.push(this.timeAt(at), this.series.v[at] ?? Number.NaN);
  }

  private timeAt(at: number): number {
    return this.series.t[at] ?? Number.NaN;
  }

  private columnAt(at: number): number {
    return Math.floor(this.scale.x(this.timeAt(at)) / this.scale.cellPx);
  }
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
