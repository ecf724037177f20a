/** Value axes: linear for sums, square root for single requests. */
import { lowerBound, tidy } from "@/lib/columns";
import type { ChartSeries, Window } from "./types";

const ROUND = [1, 2, 2.5, 5, 10] as const;
const STEPS = 4;
/** The axis ends this much above the highest value instead of at the next round tick. */
const HEADROOM = 1.06;
const ROOT_HEADROOM = 1.04;
const ROOT_TICKS = [1, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 25_000, 50_000];
/** Least distance of two ticks on the root scale, as a share of the height. */
const ROOT_GAP = 0.13;

export interface Scale {
  /** The axis' end, in axis units. */
  readonly max: number;
  /** Values with a grid line, in credits. */
  readonly ticks: readonly number[];
  /** The place of a value on the axis. */
  readonly place: (value: number) => number;
}

export function linearScale(highest: number): Scale {
  const step = roundStep(Math.max(highest, 1));
  const max = Math.max(highest, 1) * HEADROOM;
  const ticks: number[] = [];
  for (let count = 0; tidy(count * step) <= max; count += 1) ticks.push(tidy(count * step));
  return { max, ticks, place: (value) => value };
}

function roundStep(highest: number): number {
  const rough = highest / STEPS;
  const power = 10 ** Math.floor(Math.log10(rough));
  return (ROUND.find((round) => round * power >= rough) ?? 10) * power;
}

export function rootScale(highest: number): Scale {
  const max = Math.sqrt(Math.max(highest, 10)) * ROOT_HEADROOM;
  const ticks = [0];
  for (const value of ROOT_TICKS) {
    const place = Math.sqrt(value);
    const before = Math.sqrt(ticks.at(-1) ?? 0);
    if (place <= max && (place - before) / max > ROOT_GAP) ticks.push(value);
  }
  return { max, ticks, place: Math.sqrt };
}

/** The highest value of a series within a window, or 0. */
export function highestIn({ t, v }: Pick<ChartSeries, "t" | "v">, { from, to }: Window): number {
  let highest = 0;
  const end = lowerBound(t, to + 1);
  for (let at = lowerBound(t, from); at < end; at += 1) highest = Math.max(highest, v[at] ?? 0);
  return highest;
}

/** The number of values within a window. */
export function countIn(series: readonly Pick<ChartSeries, "t">[], { from, to }: Window): number {
  return series.reduce((sum, { t }) => sum + lowerBound(t, to + 1) - lowerBound(t, from), 0);
}
