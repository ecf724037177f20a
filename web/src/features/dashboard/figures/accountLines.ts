/** The details of an account as short texts: its parts, the plan's end and the time of reading. */
import type { Account } from "@/api/types";
import type { Format, Messages } from "@/i18n";

export function accountLines(
  { parts, expires_at: end, at }: Account,
  figures: Messages["dashboard"]["figures"],
  format: Format,
): readonly string[] {
  return [
    ...parts.map(({ key, v }) => `${figures.parts[key]} ${format.amount(v)}`),
    ...(end ? [figures.balanceExpires(format.date(Date.parse(end)))] : []),
    ...(at ? [figures.balanceAt(format.time(Date.parse(at)))] : []),
  ];
}
