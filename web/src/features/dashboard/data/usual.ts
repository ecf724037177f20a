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
