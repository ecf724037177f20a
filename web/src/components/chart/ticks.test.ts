import { expect, test } from "vitest";
import { DAY_MS, formatInstant, HOUR_MS, MINUTE_MS } from "@/lib/time";
import { NOW } from "@/test/chartSamples";
import { isMidnight, ticksOf } from "./ticks";

test("marks are at round times of the zone", () => {
  const { at, stepMs } = ticksOf({ from: NOW - HOUR_MS, to: NOW }, 7, "Asia/Kolkata");
  expect(stepMs).toBe(10 * MINUTE_MS);
  expect(at.map((t) => formatInstant(t, "Asia/Kolkata").slice(11))).toEqual([
    "18:10:00",
    "18:20:00",
    "18:30:00",
    "18:40:00",
    "18:50:00",
    "19:00:00",
    "19:10:00",
  ]);
});

test("marks keep their hours when the clock is changed", () => {
  const from = Date.parse("2025-10-25T22:00:00Z");
  const { at } = ticksOf({ from, to: from + 25 * HOUR_MS }, 9, "Europe/Berlin");
  const hours = at.map((t) => formatInstant(t, "Europe/Berlin").slice(11, 16));
  expect(hours.filter((text) => !text.endsWith(":00"))).toEqual([]);
  expect(hours).toContain("06:00");
  expect(hours).toContain("12:00");
});

test("there are never more marks than asked for, over any length", () => {
  for (const length of [10_000, HOUR_MS, 3 * HOUR_MS, DAY_MS, 30 * DAY_MS, 365 * DAY_MS]) {
    const { at } = ticksOf({ from: NOW - length, to: NOW }, 10, "UTC");
    expect(at.length).toBeGreaterThan(1);
    expect(at.length).toBeLessThanOrEqual(11);
  }
});

test("midnight is that of the zone", () => {
  const midnight = Date.parse("2025-08-25T16:00:00Z");
  expect(isMidnight(midnight, "Asia/Shanghai")).toBe(true);
  expect(isMidnight(midnight, "UTC")).toBe(false);
});
