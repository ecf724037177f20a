/** Average credits by weekday and hour, from the hours that were collected throughout. */
import type { Series } from "@/api/types";
import { tidy } from "@/lib/columns";
import { weekdayOf } from "@/lib/period";
import type { Span } from "@/lib/range";
import { DAY_MS, floorTo, HOUR_MS, offsetAt } from "@/lib/time";

export const HOURS = 24;
export const LEVELS = 5;

export interface Cell {
  /** Credits per hour; null if no such hour was collected throughout. */
  readonly average: number | null;
  /** The number of collected hours. */
  readonly count: number;
  /** Whether none of its hours is over. */
  readonly isOpen: boolean;
}

interface HeatInput {
  readonly series: readonly Series[];
  readonly gaps: readonly Span[];
  readonly span: Span;
  readonly past: Span;
  readonly zone: string;
}

/** Return seven rows, Monday first, of 24 hours. */
export function heatOf(input: HeatInput): readonly (readonly Cell[])[] {
  const { zone, span, past, gaps } = input;
  const start = floorTo(span.from, HOUR_MS, zone);
  const sums = hourSums(input.series, start, past.to);
  const totals = Array.from({ length: 7 * HOURS }, () => ({ credits: 0, count: 0, over: 0 }));
  for (const [at, credits] of sums.entries()) {
    const hour = { from: start + at * HOUR_MS, to: start + (at + 1) * HOUR_MS };
    const total = totals[placeOf(hour.from, zone)];
    if (total && hour.to <= past.to) total.over += 1;
    if (!total || !isWatched(hour, span.from, past.to, gaps)) continue;
    total.credits += credits;
    total.count += 1;
  }
  const cells = totals.map(({ credits, count, over }) => ({
    average: count > 0 ? tidy(credits / count) : null,
    count,
    isOpen: over === 0,
  }));
  return Array.from({ length: 7 }, (_, day) => cells.slice(day * HOURS, (day + 1) * HOURS));
}

/** Return the row and column of an instant as one number: the weekday times 24, and the hour. */
export function placeOf(t: number, zone: string): number {
  const wall = t + offsetAt(t, zone);
  return weekdayOf(t, zone) * HOURS + Math.floor((wall % DAY_MS) / HOUR_MS);
}

function hourSums(series: readonly Series[], start: number, to: number): readonly number[] {
  const sums = new Array<number>(Math.max(0, Math.ceil((to - start) / HOUR_MS))).fill(0);
  for (const { t, v } of series) {
    for (let at = 0; at < t.length; at += 1) {
      const hour = Math.floor(((t[at] ?? 0) - start) / HOUR_MS);
      if (hour >= 0 && hour < sums.length) sums[hour] = (sums[hour] ?? 0) + (v[at] ?? 0);
    }
  }
  return sums;
}

function isWatched(hour: Span, from: number, to: number, gaps: readonly Span[]): boolean {
  if (hour.from < from || hour.to > to) return false;
  return !gaps.some((gap) => gap.from < hour.to && gap.to > hour.from);
}

export function highestAverage(rows: readonly (readonly Cell[])[]): number {
  return Math.max(0, ...rows.flat().map(({ average }) => average ?? 0));
}

/** Return the step of a value, 0 for none up to `LEVELS`; roots keep small values apart. */
export function levelOf(average: number, highest: number): number {
  if (average <= 0 || highest <= 0) return 0;
  return Math.min(LEVELS, Math.max(1, Math.ceil(LEVELS * Math.sqrt(average / highest))));
}
