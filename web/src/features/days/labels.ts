/** Which days have a label below them. */
import type { Day } from "./days";

/** Columns are wide enough for every label. */
export const FEW = 10;
const MANY = 62;
/** Columns that a label needs when only some days have one. */
const LEAST_APART = 4;

/** Return the places of the labels: all of a few days, else Mondays, of many the month's first. */
export function labelled(days: readonly Day[], dayOfMonth: (t: number) => number): Set<number> {
  if (days.length <= FEW) return new Set(days.keys());
  if (days.length > MANY) {
    return new Set([...days.keys()].filter((at) => dayOfMonth(days[at]?.from ?? 0) === 1));
  }
  const last = days.length - 1;
  const mondays = [...days.keys()].filter((at) => days[at]?.weekday === 0);
  const kept = mondays.filter((at) => last - at >= LEAST_APART);
  const [first = last] = kept;
  return new Set([...(first >= LEAST_APART ? [0] : []), ...kept, last]);
}
