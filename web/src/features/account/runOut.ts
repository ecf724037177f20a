/** When the balance runs out, in words. */
import type { Forecast } from "@/api/types";
import type { Messages } from "@/i18n/catalogue";
import type { Format } from "@/i18n/format";
import { momentTexts } from "@/i18n/moments";

type Texts = Messages["dashboard"]["figures"];

/** Null where neither a range nor the present pace gives a time. */
export function runOutText(
  { empty_since: since, empty_at: range, pace }: Forecast,
  now: number,
  figures: Texts,
  format: Format,
): string | null {
  const texts = (...instants: readonly string[]) =>
    momentTexts(
      instants.map((one) => Date.parse(one)),
      now,
      format,
    ).join(" – ");
  if (since) return figures.emptySince(texts(since));
  if (range?.p10 && range.p90) return figures.emptyBetween(texts(range.p10, range.p90));
  if (range?.p10) return figures.emptyAfter(texts(range.p10));
  return pace.empty_at ? figures.emptyAtPace(texts(pace.empty_at)) : null;
}
