/** Numbers and times as one language and one zone write them. */
import { formatDate, formatInstant, formatTime, zoneShift } from "@/lib/time";
import type { Locale } from "./catalogue";
import { lengthText } from "./length";

export interface Format {
  readonly locale: Locale;
  readonly zone: string;
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
  /** `2025-08-25` */
  readonly date: (t: number) => string;
  /** `13:39` */
  readonly time: (t: number) => string;
  /** `Asia/Shanghai (UTC+8)` */
  readonly zoneName: (t: number) => string;
  /** `1.2 MB` */
  readonly bytes: (bytes: number) => string;
}

export function formatOf(locale: Locale, zone: string): Format {
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 });
  const compact = new Intl.NumberFormat(locale, { notation: "compact", maximumFractionDigits: 1 });
  const percent = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 1 });
  const signed = new Intl.NumberFormat(locale, { signDisplay: "exceptZero" });
  const change = new Intl.NumberFormat(locale, {
    style: "percent",
    maximumFractionDigits: 0,
    signDisplay: "exceptZero",
  });

  return {
    locale,
    zone,
    number: (value) => number.format(value),
    compact: (value) => (Math.abs(value) < 10_000 ? number.format(value) : compact.format(value)),
    percent: (share) => percent.format(share),
    signed: (value) => signed.format(value),
    change: (share) => change.format(share),
    duration: (ms) => lengthText(ms, locale),
    length: (ms) => lengthText(ms, locale),
    instant: (t) => formatInstant(t, zone),
    date: (t) => formatDate(t, zone),
    time: (t) => formatTime(t, zone),
    zoneName: (t) => {
      const shift = zoneShift(t, zone);
      return zone === shift ? zone : `${zone} (${shift})`;
    },
    bytes: (bytes) => bytesText(locale, bytes),
  };
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
