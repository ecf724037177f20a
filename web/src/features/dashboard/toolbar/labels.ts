/** The names of ranges. */
import type { Messages } from "@/i18n";
import type { Period } from "@/lib/period";
import type { Range } from "@/lib/range";

export type RangeTexts = Messages["dashboard"]["range"];

/** In a few letters: `7 d`. */
export function periodLabel(period: Period, texts: RangeTexts): string {
  return typeof period === "number" ? texts.days(period) : texts.periods[period];
}

export function periodName(period: Period, texts: RangeTexts): string {
  return typeof period === "number" ? texts.daysLong(period) : texts.periods[period];
}

export function lengthLabel(range: Range, texts: RangeTexts): string {
  if (range.kind === "span") return texts.custom;
  if (range.kind === "days") return periodLabel(range.period, texts);
  return range.hours % 24 === 0 ? texts.days(range.hours / 24) : texts.hours(range.hours);
}
