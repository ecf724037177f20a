/** Moments near the present in words, all in the form that fits the latest of them. */
import { DAY_MS } from "@/lib/time";
import type { Format } from "./format";

/** A weekday names a moment of the next six days only. */
const WEEKDAY_UP_TO_MS = 6 * DAY_MS;

/** Today's as times; of the next days with the weekday; later ones as days, without the time. */
export function momentTexts(
  moments: readonly number[],
  now: number,
  format: Format,
): readonly string[] {
  const farthest = moments.reduce((far, t) => (Math.abs(t - now) > Math.abs(far - now) ? t : far));
  return moments.map(formFor(farthest, now, format));
}

function formFor(farthest: number, now: number, format: Format): (t: number) => string {
  const { locale, zone: timeZone } = format;
  if (format.date(farthest) === format.date(now)) return format.time;
  if (Math.abs(farthest - now) <= WEEKDAY_UP_TO_MS) {
    const weekday = new Intl.DateTimeFormat(locale, { weekday: "short", timeZone });
    return (t) => `${weekday.format(t)} ${format.time(t)}`;
  }
  return format.day;
}
