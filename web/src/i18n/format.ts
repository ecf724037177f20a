/** Numbers and times as one language and one zone write them. */
import { atFirstUse } from "@/lib/atFirstUse";
import { formatDate, formatInstant, formatTime, zoneShift } from "@/lib/time";
import type { Locale } from "./catalogue";
import { lengthText } from "./length";

/** The unit of the site's amounts; the server counts yuan in thousandths. */
export type Unit = "credits" | "yuan";

export interface Format {
  readonly locale: Locale;
  readonly zone: string;
  readonly unit: Unit;
  /** "credits", or "¥". */
  readonly unitName: string;
  /** An amount: `12,345`, or `12345` as `¥12.345`. */
  readonly amount: (value: number) => string;
  /** An amount within a sentence: `12,345 credits`, `¥12.345`. */
  readonly amountWithUnit: (value: number) => string;
  /** A difference of amounts: `+34`, `+¥0.034`. */
  readonly signedAmount: (value: number) => string;
  /** `12,345.6` */
  readonly number: (value: number) => string;
  /** `12.3K`, for where there is little room. */
  readonly compact: (value: number) => string;
  /** A share, `0.123` as `12.3%`. */
  readonly percent: (share: number) => string;
  /** A difference, `34` as `+34`. */
  readonly signed: (value: number) => string;
  /** A change, `0.12` as `+12%`. */
  readonly change: (share: number) => string;
  /** `15 min`, `1 h 5 min`, `24 h`: at most two units. */
  readonly duration: (ms: number) => string;
  readonly length: (ms: number) => string;
  /** `2025-08-25 13:39:44` */
  readonly instant: (t: number) => string;
  /** `Nov 21` */
  readonly day: (t: number) => string;
  /** `2025-08-25` */
  readonly date: (t: number) => string;
  /** `13:39` */
  readonly time: (t: number) => string;
  /** `Asia/Shanghai (UTC+8)` */
  readonly zoneName: (t: number) => string;
  /** `1.2 MB` */
  readonly bytes: (bytes: number) => string;
}

const UNIT_NAMES: Readonly<Record<Locale, string>> = { en: "credits", "zh-CN": "积分" };

export function formatOf(locale: Locale, zone: string, unit: Unit = "credits"): Format {
  const numbers = (options: Intl.NumberFormatOptions) =>
    atFirstUse(() => new Intl.NumberFormat(locale, options));
  const number = numbers({ maximumFractionDigits: 2 });
  const compact = numbers({ notation: "compact", maximumFractionDigits: 1 });
  const percent = numbers({ style: "percent", maximumFractionDigits: 1 });
  const signed = numbers({ signDisplay: "exceptZero" });
  const change = numbers({
    style: "percent",
    maximumFractionDigits: 0,
    signDisplay: "exceptZero",
  });
  const thousandths = numbers({ maximumFractionDigits: 3 });
  const amount = (value: number) =>
    unit === "yuan" ? yuanText(value, thousandths()) : number().format(value);
  const day = atFirstUse(
    () => new Intl.DateTimeFormat(locale, { month: "short", day: "numeric", timeZone: zone }),
  );

  return {
    locale,
    zone,
    unit,
    unitName: unit === "yuan" ? "¥" : UNIT_NAMES[locale],
    amount,
    amountWithUnit: (value) =>
      unit === "yuan" ? amount(value) : `${amount(value)} ${UNIT_NAMES[locale]}`,
    signedAmount: (value) => `${value > 0 ? "+" : ""}${amount(value)}`,
    number: (value) => number().format(value),
    compact: (value) =>
      Math.abs(value) < 10_000 ? number().format(value) : compact().format(value),
    percent: (share) => percent().format(share),
    signed: (value) => signed().format(value),
    change: (share) => change().format(share),
    duration: (ms) => lengthText(ms, locale),
    length: (ms) => lengthText(ms, locale),
    instant: (t) => formatInstant(t, zone),
    day: (t) => day().format(t),
    date: (t) => formatDate(t, zone),
    time: (t) => formatTime(t, zone),
    zoneName: (t) => {
      const shift = zoneShift(t, zone);
      return zone === shift ? zone : `${zone} (${shift})`;
    },
    bytes: (bytes) => bytesText(locale, bytes),
  };
}

/** Thousandths of a yuan have up to three decimals. */
const PER_YUAN = 1_000;

function yuanText(value: number, format: Intl.NumberFormat): string {
  return `${value < 0 ? "−" : ""}¥${format.format(Math.abs(value) / PER_YUAN)}`;
}

const BYTE_UNITS = ["byte", "kilobyte", "megabyte", "gigabyte"] as const;

function bytesText(locale: Locale, bytes: number): string {
  const power = Math.min(Math.floor(Math.log10(Math.max(bytes, 1)) / 3), BYTE_UNITS.length - 1);
  const unit = BYTE_UNITS[power] ?? "byte";
  return new Intl.NumberFormat(locale, {
    style: "unit",
    unit,
    unitDisplay: "short",
    maximumFractionDigits: power > 1 ? 1 : 0,
  }).format(bytes / 1000 ** power);
}
