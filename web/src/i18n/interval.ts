/** A length of time in words. */
import type { Locale } from "./catalogue";

/** `30 seconds`, `5 minutes`, `1 hour`: in the largest unit that is whole. */
export function intervalText(seconds: number, locale: Locale): string {
  const [unit, size] =
    seconds % 3_600 === 0
      ? (["hour", 3_600] as const)
      : seconds % 60 === 0
        ? (["minute", 60] as const)
        : (["second", 1] as const);
  const text = new Intl.NumberFormat(locale, { style: "unit", unit, unitDisplay: "long" });
  const parts = text.formatToParts(seconds / size).map(({ value }) => value.trim());
  // Chinese has no space between the number and its unit otherwise.
  return parts.filter(Boolean).join(" ");
}
