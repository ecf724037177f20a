/** Calendar days up to now or yesterday, in the user's zone. */
import { DAY_MS, midnight, offsetAt } from "./time";

const PERIODS = ["today", "yesterday", "week"] as const;

/** A name, or a number of days of which today is the last. */
export type Period = (typeof PERIODS)[number] | number;

/** The periods with a button. */
export const PERIODS_ON_PAGE: readonly Period[] = [...PERIODS, 3, 7, 30];

const MAX_DAYS = 365;

export function isPeriod(value: number): boolean {
  return Number.isInteger(value) && value >= 1 && value <= MAX_DAYS;
}

/** Return the period of an address: `today`, `week`; null for other texts. */
export function periodNamed(text: string): Period | null {
  return PERIODS.find((name) => name === text) ?? null;
}

/** Return the first and the last midnight of a period at an instant. A week begins on Monday. */
export function spanOfPeriod(period: Period, now: number, zone: string) {
  const [first, last] = daysAround(period, now, zone);
  return { from: midnight(now, zone, first), to: midnight(now, zone, last) };
}

/** Return the days from today's midnight to both ends. */
function daysAround(period: Period, now: number, zone: string): readonly [number, number] {
  if (period === "yesterday") return [-1, 0];
  if (period === "today") return [0, 1];
  if (period !== "week") return [1 - period, 1];
  const monday = -weekdayOf(now, zone);
  return [monday, monday + 7];
}

/** Return the weekday of an instant: 0 is Monday. */
export function weekdayOf(t: number, zone: string): number {
  const sinceThursday = Math.floor((t + offsetAt(t, zone)) / DAY_MS);
  return (((sinceThursday + 3) % 7) + 7) % 7;
}

export function lengthInDays(period: Period): number {
  if (period === "week") return 7;
  return typeof period === "number" ? period : 1;
}
