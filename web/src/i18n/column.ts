/** Numbers of a table's column: all have as many decimals as one of them needs, so that they align. */
import type { Format } from "./format";

const PER_YUAN = 1_000;
const YUAN_DECIMALS = 3;

/** Format amounts of a column; credits have at most `most` decimals. */
export function amountColumn(
  { locale, unit }: Format,
  values: readonly number[],
  most = 2,
): (value: number) => string {
  if (unit === "credits") return decimals(locale, values, most);
  const yuan = decimals(
    locale,
    values.map((value) => value / PER_YUAN),
    YUAN_DECIMALS,
  );
  return (value) => `${value < 0 ? "−" : ""}¥${yuan(Math.abs(value) / PER_YUAN)}`;
}

/** Format shares of a column, `0.123` as `12.3%`. */
export function percentColumn(
  { locale }: Format,
  values: readonly number[],
): (share: number) => string {
  const digits = digitsOf(
    values.map((share) => share * 100),
    1,
  );
  return new Intl.NumberFormat(locale, { style: "percent", ...fixed(digits) }).format;
}

function decimals(locale: string, values: readonly number[], most: number) {
  return new Intl.NumberFormat(locale, fixed(digitsOf(values, most))).format;
}

function fixed(digits: number) {
  return { minimumFractionDigits: digits, maximumFractionDigits: digits };
}

/** Return how many decimals the values need, at most `most`. */
function digitsOf(values: readonly number[], most: number): number {
  const texts = values.map((value) => value.toFixed(most).replace(/\.?0*$/, ""));
  return Math.max(0, ...texts.map((text) => text.split(".")[1]?.length ?? 0));
}
