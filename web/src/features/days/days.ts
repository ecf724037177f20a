/** The days of a range: credits by series, completeness, and the weeks they belong to. */
import type { Series } from "@/api/types";
import { tidy } from "@/lib/columns";
import { coveredShare } from "@/lib/covered";
import { weekdayOf } from "@/lib/period";
import type { Span } from "@/lib/range";
import { DAY_MS, midnight, offsetAt } from "@/lib/time";

export interface Day extends Span {
  readonly credits: number;
  readonly requests: number;
  /** The credits of each series, in the order of the given series. */
  readonly parts: readonly number[];
  /** The share of its past that was collected, 0 to 1; null if it is ahead. */
  readonly covered: number | null;
  /** Whether the day goes on. */
  readonly isNow: boolean;
  /** Whether the range contains only a part of it. */
  readonly isCut: boolean;
  /** 0 is Monday. */
  readonly weekday: number;
}

interface DaysInput {
  readonly series: readonly Series[];
  readonly gaps: readonly Span[];
  readonly span: Span;
  readonly past: Span;
  readonly zone: string;
}

export function daysOf({ series, gaps, span, past, zone }: DaysInput): readonly Day[] {
  const starts = startsOf(span, zone);
  const sums = series.map((line) => sumsOf(line, starts, span.to));
  return starts.slice(0, -1).map((from, at) => {
    const day = { from, to: starts[at + 1] ?? from + DAY_MS };
    const known = { from: Math.max(from, span.from), to: Math.min(day.to, past.to) };
    const parts = sums.map(({ credits }) => tidy(credits[at] ?? 0));
    return {
      ...day,
      parts,
      credits: tidy(parts.reduce((sum, part) => sum + part, 0)),
      requests: sums.reduce((sum, { requests }) => sum + (requests[at] ?? 0), 0),
      covered: known.to > known.from ? coveredShare(gaps, known) : null,
      isNow: from <= past.to && past.to < day.to,
      isCut: from < span.from || day.to > span.to,
      weekday: weekdayOf(from, zone),
    };
  });
}

/** Return the midnights of a span: before its start, and up to the first one after its end. */
function startsOf({ from, to }: Span, zone: string): readonly number[] {
  const starts = [midnight(from, zone)];
  for (let last = starts[0] ?? from; last < to; ) {
    last = midnight(last, zone, 1);
    starts.push(last);
  }
  return starts;
}

function sumsOf({ t, v, n }: Series, starts: readonly number[], to: number) {
  const credits = new Array<number>(starts.length).fill(0);
  const requests = new Array<number>(starts.length).fill(0);
  let day = 0;
  for (let at = 0; at < t.length && (t[at] ?? to) < to; at += 1) {
    while ((starts[day + 1] ?? Number.POSITIVE_INFINITY) <= (t[at] ?? 0)) day += 1;
    credits[day] = (credits[day] ?? 0) + (v[at] ?? 0);
    requests[day] = (requests[day] ?? 0) + (n[at] ?? 0);
  }
  return { credits, requests };
}

/** Whether its sum may be too small: a part was not collected. */
export function isLeast({ covered }: Day): boolean {
  return covered !== null && covered < 1;
}

/** Return the place of the day with the most credits; -1 without any. */
export function highestOf(days: readonly Day[]): number {
  return days.reduce(
    (best, { credits }, at) => (credits > (days[best]?.credits ?? 0) ? at : best),
    -1,
  );
}

/** Return the average of the whole days, and their number; days with gaps would lower it. */
export function averageOf(days: readonly Day[]) {
  const whole = days.filter(({ covered, isNow, isCut }) => covered === 1 && !isNow && !isCut);
  const sum = whole.reduce((total, { credits }) => total + credits, 0);
  return { count: whole.length, credits: whole.length > 0 ? sum / whole.length : 0 };
}

export interface Week {
  /** By ISO 8601. */
  readonly number: number;
  readonly from: number;
  readonly days: number;
  readonly credits: number;
  readonly isLeast: boolean;
  readonly isNow: boolean;
}

/** Return the weeks of the days, each from Monday on. */
export function weeksOf(days: readonly Day[], zone: string): readonly Week[] {
  const weeks: Day[][] = [];
  for (const day of days) {
    if (day.weekday === 0 || weeks.length === 0) weeks.push([]);
    weeks.at(-1)?.push(day);
  }
  return weeks.flatMap((week) => {
    const [first] = week;
    if (!first) return [];
    return {
      number: weekNumber(first, zone),
      from: first.from,
      days: week.length,
      credits: tidy(week.reduce((sum, { credits }) => sum + credits, 0)),
      isLeast: week.some(isLeast),
      isNow: week.some(({ isNow }) => isNow),
    };
  });
}

/** A week belongs to the year of its Thursday. */
function weekNumber({ from, weekday }: Day, zone: string): number {
  const thursday = new Date(from + offsetAt(from, zone) + (3 - weekday) * DAY_MS);
  const newYear = Date.UTC(thursday.getUTCFullYear(), 0, 1);
  return Math.floor((thursday.getTime() - newYear) / (7 * DAY_MS)) + 1;
}
