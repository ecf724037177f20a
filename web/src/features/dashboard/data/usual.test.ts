import { expect, test } from "vitest";
import type { UsualHour } from "@/api/types";
import { DAY_MS, HOUR_MS } from "@/lib/time";
import { usualAt } from "./usual";

const hour = (kind: UsualHour["class"], at: number): UsualHour => ({
  class: kind,
  hour: at,
  p25: 900,
  p50: 1200,
  p75: 1600,
  n: 12,
});
const hours = [hour("weekday", 1), hour("weekday", 23), hour("weekend", 1)];
/** A Friday, 23:30 in UTC: Saturday, 7:30 in Shanghai. */
const FRIDAY = Date.UTC(2026, 10, 27, 23, 30);

test("an hour is that of the zone's clock", () => {
  expect(usualAt(hours, FRIDAY, "UTC")).toBe(hours[1]);
  expect(usualAt(hours, FRIDAY, "Asia/Shanghai")).toBeUndefined();
});

test("Saturday and Sunday are compared with weekends only", () => {
  const saturday = FRIDAY + 1.5 * HOUR_MS;
  expect(usualAt(hours, saturday, "UTC")).toBe(hours[2]);
  expect(usualAt(hours, saturday + DAY_MS, "UTC")).toBe(hours[2]);
  expect(usualAt(hours, saturday + 2 * DAY_MS, "UTC")).toBe(hours[0]);
});
