/** When the balance runs out, in words. */
import type { Messages } from "./catalogue";
import type { Format } from "./format";
import { momentTexts } from "./moments";

type Texts = Messages["dashboard"]["figures"];

/** The parts of a forecast that are put into words; instants are ISO 8601. */
interface RunOut {
  readonly empty_since: string | null;
  readonly empty_at: { readonly p10: string | null; readonly p90: string | null } | null;
  readonly pace: { readonly empty_at: string | null };
}

/** Null where neither a range nor the present pace gives a time. */
export function runOutText(
  { empty_since: since, empty_at: range, pace }: RunOut,
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
