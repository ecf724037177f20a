/** The range of the page: hours up to now, calendar days, or a span between two instants. */
import { isPeriod, lengthInDays, type Period, spanOfPeriod } from "./period";
import { DAY_MS, HOUR_MS, MINUTE_MS, midnight, shiftDays } from "./time";

export interface Span {
  readonly from: number;
  readonly to: number;
}

/** Hours up to now. */
interface LastHours {
  readonly kind: "last";
  readonly hours: number;
}

interface FixedSpan extends Span {
  readonly kind: "span";
}

/** A range as the address and the settings name it; a period's days depend on clock and zone. */
export type NamedRange = LastHours | FixedSpan | { readonly kind: "days"; readonly period: Period };

/** A range with its limits: a period ends at a midnight, which may be ahead. */
export type Range =
  | LastHours
  | FixedSpan
  | (Span & { readonly kind: "days"; readonly period: Period });

/** Ranges of hours with a button. */
export const NEAR_HOURS = [1, 2, 3, 6, 12, 24] as const;

export const MAX_HOURS = 8_760;
/** From this length on, whole days are meant. */
const LEAST_DAYS = 3;

/** Return the range of a number of hours: calendar days from three days on. */
export function rangeOfHours(hours: number): NamedRange {
  const period = hours / 24;
  if (period >= LEAST_DAYS && isPeriod(period)) return { kind: "days", period };
  return { kind: "last", hours };
}

export function resolved(range: NamedRange, now: number, zone: string): Range {
  return range.kind === "days" ? { ...range, ...spanOfPeriod(range.period, now, zone) } : range;
}

/** Return the limits of a range; those of a period with the time to come. */
export function spanOf(range: Range, now: number): Span {
  if (range.kind === "last") return { from: now - range.hours * HOUR_MS, to: now };
  return { from: range.from, to: range.to };
}

/** Return the part of a range up to an instant: a period that goes on ends there. */
export function spanUpTo(range: Range, now: number): Span {
  const { from, to } = spanOf(range, now);
  if (range.kind !== "days") return { from, to };
  return { from, to: Math.min(to, Math.max(now, from + MINUTE_MS)) };
}

/** The length of a range, in milliseconds. */
export function lengthOf(range: Range): number {
  return range.kind === "last" ? range.hours * HOUR_MS : range.to - range.from;
}

/** Whether a range is shown by its days at first. */
export function hasDays(range: Range): boolean {
  if (range.kind === "days") return lengthInDays(range.period) >= LEAST_DAYS;
  return lengthOf(range) >= LEAST_DAYS * DAY_MS - HOUR_MS;
}

/** A key that identifies a range. */
export function rangeKey(range: Range): string {
  return range.kind === "last" ? `${range.hours}h` : `${range.from}-${range.to}`;
}

/** Return the span to compare with: that of a period up to the same time of day. */
export function spanBefore(range: Range, { from, to }: Span, zone: string): Span {
  if (range.kind !== "days") return { from: from - (to - from), to: from };
  const days = lengthInDays(range.period);
  return { from: midnight(from, zone, -days), to: Math.min(from, shiftDays(to, -days, zone)) };
}
