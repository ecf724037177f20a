/** The range of the page: a number of hours up to now, or a span between two instants. */
import { HOUR_MS } from "./time";

export type Range =
  | { readonly kind: "last"; readonly hours: number }
  | { readonly kind: "span"; readonly from: number; readonly to: number };

export interface Span {
  readonly from: number;
  readonly to: number;
}

/** Ranges with a button. */
export const NEAR_HOURS = [1, 2, 3, 6, 12, 24] as const;
/** Ranges in the menu. */
export const FAR_HOURS = [72, 168, 720] as const;

export const MAX_HOURS = 8_760;

export function spanOf(range: Range, now: number): Span {
  if (range.kind === "span") return { from: range.from, to: range.to };
  return { from: now - range.hours * HOUR_MS, to: now };
}

/** The length of a range, in milliseconds. */
export function lengthOf(range: Range): number {
  return range.kind === "span" ? range.to - range.from : range.hours * HOUR_MS;
}

/** A key that identifies a range. */
export function rangeKey(range: Range): string {
  return range.kind === "last" ? `${range.hours}h` : `${range.from}-${range.to}`;
}
