import type { UsualHour } from "@/api/types";
import { offsetAt } from "@/lib/time";

/** Return the entry of an instant's hour and kind of day, by the zone's clock. */
export function usualAt(
  hours: readonly UsualHour[],
  t: number,
  zone: string,
): UsualHour | undefined {
  const wall = new Date(t + offsetAt(t, zone));
  const isWeekend = wall.getUTCDay() % 6 === 0;
  return hours.find(
    (entry) =>
      entry.hour === wall.getUTCHours() && entry.class === (isWeekend ? "weekend" : "weekday"),
  );
}

/** Return the place, in percent, of a rate and of its usual range on one scale from zero. */
export function bulletOf(perHour: number, { p25, p75 }: UsualHour) {
  const top = Math.max(perHour, p75, 1) * 1.15;
  const place = (value: number) => (value / top) * 100;
  return { from: place(p25), to: place(p75), at: place(perHour) };
}
