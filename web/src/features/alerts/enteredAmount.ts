/** Amounts as the user enters them: credits, or yuan, which the server counts in thousandths. */
import type { Unit } from "@/i18n/format";

const PER_YUAN = 1_000;

export function toShown(amount: number, unit: Unit): number {
  return unit === "yuan" ? amount / PER_YUAN : amount;
}

export function fromShown(shown: number, unit: Unit): number {
  return unit === "yuan" ? shown * PER_YUAN : shown;
}
