import { expect, test } from "vitest";
import { type Range, rangeOfHours, resolved, spanBefore, spanUpTo } from "./range";
import { HOUR_MS } from "./time";

const BERLIN = "Europe/Berlin";
const at = (text: string) => Date.parse(text);
const days = (period: "today" | "yesterday" | "week" | number, now: number, zone: string) =>
  resolved({ kind: "days", period }, now, zone);
const isoOf = ({ from, to }: { from: number; to: number }) =>
  [from, to].map((t) => new Date(t).toISOString().slice(0, 16));

function limits(range: Range): readonly string[] {
  return range.kind === "last" ? [] : isoOf(range);
}

test("days begin at the midnights of the zone", () => {
  const now = at("2026-11-27T17:41:00Z");
  expect(limits(days("today", now, "Asia/Shanghai"))).toEqual([
    "2026-11-27T16:00",
    "2026-11-28T16:00",
  ]);
  expect(limits(days("yesterday", now, "UTC"))).toEqual(["2026-11-26T00:00", "2026-11-27T00:00"]);
  expect(limits(days(7, now, "UTC"))).toEqual(["2026-11-21T00:00", "2026-11-28T00:00"]);
});

test.each([
  ["2026-11-22T12:00Z", "2026-11-16T00:00"],
  ["2026-11-23T00:00Z", "2026-11-23T00:00"],
  ["2026-11-29T23:59Z", "2026-11-23T00:00"],
])("the week of %s begins on Monday", (now, monday) => {
  expect(limits(days("week", at(now), "UTC"))[0]).toBe(monday);
});

test("a day on which the clocks change has 23 or 25 hours", () => {
  const length = (now: string) => {
    const range = days("today", at(now), BERLIN);
    return range.kind === "last" ? 0 : (range.to - range.from) / HOUR_MS;
  };
  expect(length("2026-03-29T10:00Z")).toBe(23);
  expect(length("2026-10-25T10:00Z")).toBe(25);
  expect(length("2026-10-26T10:00Z")).toBe(24);
});

test("a period that goes on ends now, and moves on at midnight", () => {
  const before = at("2026-11-27T23:59:00Z");
  expect(isoOf(spanUpTo(days("today", before, "UTC"), before))).toEqual([
    "2026-11-27T00:00",
    "2026-11-27T23:59",
  ]);
  const after = before + 120_000;
  expect(isoOf(spanUpTo(days("today", after, "UTC"), after))).toEqual([
    "2026-11-28T00:00",
    "2026-11-28T00:01",
  ]);
});

test("days are compared up to the same time of day, over a change of the clocks too", () => {
  const now = at("2026-10-25T14:00:00Z"); // 15:00 of a day with 25 hours
  const today = days("today", now, BERLIN);
  expect(isoOf(spanBefore(today, spanUpTo(today, now), BERLIN))).toEqual([
    "2026-10-23T22:00",
    "2026-10-24T13:00",
  ]);
  const week = days(7, now, BERLIN);
  expect(isoOf(spanBefore(week, spanUpTo(week, now), BERLIN))).toEqual([
    "2026-10-11T22:00",
    "2026-10-18T13:00",
  ]);
});

test("hours are compared with as many hours before", () => {
  const range = { kind: "last", hours: 6 } as const;
  const window = { from: 10 * HOUR_MS, to: 16 * HOUR_MS };
  expect(spanBefore(range, window, "UTC")).toEqual({ from: 4 * HOUR_MS, to: 10 * HOUR_MS });
});

test("three days and more are calendar days, less are hours", () => {
  expect(rangeOfHours(48)).toEqual({ kind: "last", hours: 48 });
  expect(rangeOfHours(72)).toEqual({ kind: "days", period: 3 });
  expect(rangeOfHours(73)).toEqual({ kind: "last", hours: 73 });
});
