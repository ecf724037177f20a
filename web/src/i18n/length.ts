/** A length of time in one or two units: `15 min`, `1 h 5 min`, `24 h`; `14 分 59 秒` in Chinese. */
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from "@/lib/time";
import type { Locale } from "./catalogue";

const UNITS = [DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS] as const;
const NAMES: Readonly<Record<Locale, readonly string[]>> = {
  en: ["d", "h", "min", "s"],
  "zh-CN": ["天", "小时", "分钟", "秒"],
};
/** Up to two days a length is given in hours. */
const DAYS_FROM_MS = 2 * DAY_MS;

export function lengthText(ms: number, locale: Locale): string {
  const whole = Math.max(0, Math.round(ms / SECOND_MS)) * SECOND_MS;
  const largest = whole < DAYS_FROM_MS ? 1 : 0;
  const first = UNITS.findIndex((size, at) => at >= largest && whole >= size);
  const name = (at: number) => NAMES[locale][at] ?? "";
  if (first < 0) return `0 ${name(UNITS.length - 1)}`;
  const unit = UNITS[first] ?? SECOND_MS;
  const next = UNITS[first + 1];
  const rest = next ? Math.floor((whole % unit) / next) : 0;
  const text = `${Math.floor(whole / unit)} ${name(first)}`;
  if (rest === 0) return text;
  return `${text} ${rest} ${name(first + 1)}`.replace("分钟 ", "分 ");
}
