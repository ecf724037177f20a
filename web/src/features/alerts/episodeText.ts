/** An episode in words: its title, its worst value, and when it was. */
import type { Episode } from "@/api/alerts";
import type { Format } from "@/i18n";
import { shortName } from "@/lib/modelNames";
import { DAY_MS, MINUTE_MS, parseInstant } from "@/lib/time";
import type { AlertTexts } from "./texts";

export interface Words {
  readonly texts: AlertTexts;
  readonly format: Format;
}

type Kind = NonNullable<Episode["kind"]>;
type Write = (value: number, words: Words) => string;

const amount: Write = (value, { format }) => format.amountWithUnit(value);

const VALUES: Readonly<Record<Kind, Write>> = {
  spend: amount,
  away: amount,
  balance: (value, words) => words.texts.values.left(amount(value, words)),
  rate: (value, { texts, format }) => texts.values.times(format.number(rounded(value))),
  runs_out: (value, { texts, format }) => texts.values.hours(format.number(rounded(value))),
  new_key: (value, { texts }) => texts.values.keys(value),
  cookie: (value, { texts, format }) =>
    value > 0 ? texts.values.expires(format.number(Math.round(value))) : texts.values.expired,
  silence: (value, { texts, format }) => texts.values.silent(format.duration(value * MINUTE_MS)),
  mismatch: (value, { texts }) => texts.values.hoursDiffer(value),
  loss: (value, { texts }) => texts.values.gaps(value),
  unreadable: (value, { texts, format }) => texts.values.rows(value, format.number(value)),
  disk: (value, { texts, format }) => texts.values.free(format.percent(value)),
};

const rounded = (value: number) => Math.round(value * 10) / 10;

export function titleOf({ kind }: Episode, { kinds }: AlertTexts): string {
  return kinds[kind ?? "unknown"];
}

export function valueText(kind: Kind, value: number, words: Words): string {
  return VALUES[kind](value, words);
}

/** The value farthest beyond the threshold, with the model or key that it is about. */
export function detailOf(episode: Episode, words: Words): string {
  const { kind, peak } = episode;
  const value = kind === null ? null : valueText(kind, peak, words);
  return [value, ...sourcesOf(episode, words.texts)].filter(Boolean).join(" · ");
}

/** The model and the key with most of the spending; before the first message those of the rule. */
function sourcesOf(episode: Episode, texts: AlertTexts): readonly (string | null)[] {
  const { model, api_key: key } = episode;
  if (!model && !key) return [subjectOf(episode, texts)];
  return [model && shortName(model), key && texts.values.key(key)];
}

function subjectOf({ kind, subject }: Episode, { values }: AlertTexts): string | null {
  if (subject === null || kind === "cookie") return null;
  const model = shortName(subject);
  return kind === "spend" && model !== subject ? model : values.key(subject);
}

const WEEK_MS = 7 * DAY_MS;
const DOUBTED: ReadonlySet<Episode["kind"]> = new Set(["away", "new_key"]);

/** Spending that may be somebody else's asks for attention until the user confirms it. */
export function isUnconfirmed(episode: Episode, now: number): boolean {
  const { kind, state, since, confirmed_at } = episode;
  if (!DOUBTED.has(kind) || state === "pending" || confirmed_at !== null) return false;
  return now - (parseInstant(since) ?? 0) < WEEK_MS;
}

/** Return the span of an episode; one that is not over lasts until now. */
export function spanOf({ since, until }: Episode, now: number) {
  const from = parseInstant(since) ?? now;
  return { from, to: Math.max(from, parseInstant(until) ?? now) };
}

/** `03:12` today, otherwise with its date: `11-25 21:08`. */
export function momentText(t: number, now: number, format: Format): string {
  const isToday = format.date(t) === format.date(now);
  return isToday ? format.time(t) : format.instant(t).slice(5, 16);
}

/** `03:12 – 04:02`, or `since 03:12` while it goes on. */
export function whenText(episode: Episode, now: number, { texts, format }: Words): string {
  const { from, to } = spanOf(episode, now);
  const start = momentText(from, now, format);
  if (episode.until === null) return texts.since(start);
  const isOneDay = format.date(from) === format.date(to);
  const end = isOneDay ? format.time(to) : momentText(to, now, format);
  return start.endsWith(end) ? start : `${start} – ${end}`;
}
