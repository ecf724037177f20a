import type { UsualHour } from "@/api/types";

/** Return the place, in percent, of a rate and of its usual range on one scale from zero. */
export function bulletOf(perHour: number, { p25, p75 }: UsualHour) {
  const top = Math.max(perHour, p75, 1) * 1.15;
  const place = (value: number) => (value / top) * 100;
  return { from: place(p25), to: place(p75), at: place(perHour) };
}

/** Return where a rate is, seen from the usual range. */
export function verdictOf(perHour: number, { p25, p75 }: UsualHour): "above" | "within" | "below" {
  if (perHour > p75) return "above";
  return perHour < p25 ? "below" : "within";
}
