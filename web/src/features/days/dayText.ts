import type { Format } from "@/i18n";
import { type Day, isLeast } from "./days";
import type { DaysTexts } from "./texts";

/** Return a day's credits, requests and reservations in words. */
export function dayText(day: Day, texts: DaysTexts, format: Format): string {
  if (day.covered === null) return texts.ahead;
  if (day.covered === 0 && day.requests === 0) return texts.unwatched;
  const credits = format.amountWithUnit(day.credits);
  const parts = [
    isLeast(day) ? texts.least(credits) : credits,
    texts.requests(format.number(day.requests), day.requests),
    ...reservations(day, texts, format),
  ];
  return parts.join(", ");
}

/** Return why a day's sum is not that of a whole day. */
export function reservations(day: Day, texts: DaysTexts, format: Format): readonly string[] {
  const covered = Math.floor((day.covered ?? 0) * 100) / 100;
  return [
    ...(day.isNow ? [texts.unfinished] : []),
    ...(day.isCut ? [texts.cut] : []),
    ...(isLeast(day) ? [texts.covered(format.percent(covered))] : []),
  ];
}
