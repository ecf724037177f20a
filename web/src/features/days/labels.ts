/** Which days have a label below them. */
import type { Day } from "./days";

/** Columns are wide enough for every label. */
export const FEW = 10;
const MANY = 62;
/** Columns that a label needs when only some days have one: on a wide page, and on a phone. */
const LEAST_APART = 4;
const APART_ON_PHONES = 6;

/** Whether a label is shown on every page, or on wide ones alone. */
export type Labels = ReadonlyMap<number, "all" | "wide">;

/** Return the places of the labels: all of a few days, else Mondays, of many the month's first. */
export function labelled(days: readonly Day[], dayOfMonth: (t: number) => number): Labels {
  if (days.length <= FEW) return onAll([...days.keys()]);
  if (days.length > MANY) {
    return onAll([...days.keys()].filter((at) => dayOfMonth(days[at]?.from ?? 0) === 1));
  }
  const last = days.length - 1;
  const mondays = [...days.keys()].filter((at) => days[at]?.weekday === 0);
  const kept = mondays.filter((at) => last - at >= LEAST_APART);
  const [first = last] = kept;
  const isFirstClose = first < APART_ON_PHONES;
  return new Map([
    ...(first >= LEAST_APART ? [[0, isFirstClose ? "wide" : "all"] as const] : []),
    ...kept.map((at) => [at, last - at < APART_ON_PHONES ? "wide" : "all"] as const),
    [last, "all"],
  ]);
}

function onAll(places: readonly number[]): Labels {
  return new Map(places.map((at) => [at, "all"]));
}
