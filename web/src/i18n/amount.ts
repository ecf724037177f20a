/** Amounts that the user types. The server counts yuan in thousandths. */
import type { Unit } from "./format";

const SCALES: Readonly<Record<Unit, number>> = { credits: 1, yuan: 1_000 };

/** The server refuses larger amounts: no request and no balance comes near. */
export const MAX_AMOUNT = 1e15;

/** Return the amount of a text; null without one. Yuan have up to three decimals. */
export function amountOf(text: string, unit: Unit): number | null {
  const pattern = unit === "yuan" ? /^\d+(\.\d{0,3})?$/ : /^\d+$/;
  return pattern.test(text.trim()) ? Math.round(Number(text) * SCALES[unit]) : null;
}

/** Return the text of an amount in a field. */
export function amountDraft(amount: number | null, unit: Unit): string {
  return amount === null ? "" : String(toShown(amount, unit));
}

/** Return an amount in the unit that is shown. */
export function toShown(amount: number, unit: Unit): number {
  return amount / SCALES[unit];
}

/** Return an amount that is shown as the server counts it. */
export function fromShown(shown: number, unit: Unit): number {
  return shown * SCALES[unit];
}
