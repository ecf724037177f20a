import type { Account } from "@/api/types";
import type { Format } from "./format";

/** An amount in the account's unit. Amounts in yuan arrive in thousandths. */
export function amountText(amount: number, unit: Account["unit"], format: Format): string {
  if (unit === "credits") return format.number(amount);
  const yuan = new Intl.NumberFormat(format.locale, { maximumFractionDigits: 3 });
  return `¥${yuan.format(amount / 1000)}`;
}
