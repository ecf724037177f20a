/** The choices of the settings, besides "other". */

export const INTERVALS_S = [30, 60, 120, 180, 300, 600, 900, 1_800, 3_600] as const;
export const RANGES_H = [1, 2, 3, 6, 12, 24, 72, 168, 720] as const;

/** Days to keep single requests. */
export const RETENTIONS_D = [7, 30, 90, 180, 365] as const;

export const OTHER = "other";

/** The present value among those on offer, where it is one of them. */
export function isOffered(offered: readonly number[], value: number | null): boolean {
  return value !== null && offered.includes(value);
}

/** All zones that this browser can show, UTC first; cities after. */
export function zonesOf(): readonly string[] {
  const zones = Intl.supportedValuesOf("timeZone");
  return ["UTC", ...zones.filter((zone) => zone !== "UTC")];
}

/** Cities that browsers still list by the name they had when their zone was recorded. */
const LATER_NAMES: ReadonlyMap<string, string> = new Map([
  ["America/Godthab", "Nuuk"],
  ["Asia/Calcutta", "Kolkata"],
  ["Asia/Katmandu", "Kathmandu"],
  ["Asia/Rangoon", "Yangon"],
  ["Asia/Saigon", "Ho Chi Minh"],
  ["Europe/Kiev", "Kyiv"],
]);

/** What else a zone is called: in the page's language, and by its city's present name. */
export function otherNamesOf(zone: string, locale: string): string {
  const format = new Intl.DateTimeFormat(locale, { timeZone: zone, timeZoneName: "longGeneric" });
  const named = format.formatToParts().find(({ type }) => type === "timeZoneName");
  return `${named?.value ?? ""} ${LATER_NAMES.get(zone) ?? ""}`;
}

/** Matches a search by all of its words, in any order: "new york", "york america", "UTC+8". */
export function isMatch(names: string, shift: string, search: string): boolean {
  const text = `${names.replaceAll("_", " ")} ${names} ${shift}`.toLowerCase();
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}
