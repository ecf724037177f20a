import { expect, test } from "vitest";
import type { Series } from "@/api/types";
import { HOUR_MS } from "@/lib/time";
import { averageOf, type Day, daysOf, highestOf, isLeast, weeksOf } from "./days";

const BERLIN = "Europe/Berlin";
const at = (text: string) => Date.parse(text);

function series(points: readonly (readonly [string, number])[], key = "opus"): Series {
  return {
    key,
    t: points.map(([text]) => at(text)),
    v: points.map(([, credits]) => credits),
    n: points.map(() => 1),
    total: 0,
    requests: points.length,
    last: 0,
  };
}

function days(from: string, to: string, now: string, more: Partial<Parameters<typeof daysOf>[0]>) {
  const span = { from: at(from), to: at(to) };
  const past = { from: span.from, to: Math.min(span.to, at(now)) };
  return daysOf({ series: [], gaps: [], span, past, zone: "UTC", ...more });
}

test("a request belongs to the day of the zone, to the millisecond", () => {
  const line = series([
    ["2026-11-24T15:59:59.999Z", 1],
    ["2026-11-24T16:00:00.000Z", 10],
    ["2026-11-25T15:59:59.999Z", 100],
  ]);
  const found = days("2026-11-23T16:00Z", "2026-11-26T16:00Z", "2026-11-26T16:00Z", {
    series: [line],
    zone: "Asia/Shanghai",
  });
  expect(found.map(({ credits }) => credits)).toEqual([1, 110, 0]);
  expect(found.map(({ requests }) => requests)).toEqual([1, 2, 0]);
});

test.each([
  ["2026-03-28T23:00Z", "2026-03-29T22:00Z", 23],
  ["2026-10-24T22:00Z", "2026-10-25T23:00Z", 25],
])("the day from %s has all of its hours", (from, to, hours) => {
  const last = new Date(at(to) - 1).toISOString();
  const [day, ...others] = days(from, to, to, {
    series: [
      series([
        [from, 1],
        [last, 2],
      ]),
    ],
    zone: BERLIN,
  });
  expect(others).toEqual([]);
  expect(((day?.to ?? 0) - (day?.from ?? 0)) / HOUR_MS).toBe(hours);
  expect(day?.credits).toBe(3);
  expect(day?.isCut).toBe(false);
});

test("a day with a gap is a lower bound; one that is ahead is neither", () => {
  const gap = { from: at("2026-11-24T06:00Z"), to: at("2026-11-24T12:00Z") };
  const found = days("2026-11-24T00:00Z", "2026-11-28T00:00Z", "2026-11-26T12:00Z", {
    gaps: [gap],
  });
  expect(found.map(({ covered }) => covered)).toEqual([0.75, 1, 1, null]);
  expect(found.map(isLeast)).toEqual([true, false, false, false]);
  expect(found.map(({ isNow }) => isNow)).toEqual([false, false, true, false]);
});

test("a range that begins within a day contains a part of it", () => {
  const found = days("2026-11-24T10:00Z", "2026-11-26T00:00Z", "2026-11-27T00:00Z", {});
  expect(found.map(({ isCut }) => isCut)).toEqual([true, false]);
});

const found: readonly Day[] = days("2026-11-20T00:00Z", "2026-11-26T00:00Z", "2026-11-25T12:00Z", {
  series: [
    series([
      ["2026-11-21T10:00Z", 30],
      ["2026-11-23T10:00Z", 50],
      ["2026-11-25T10:00Z", 900],
    ]),
    series([["2026-11-23T11:00Z", 5]], "haiku"),
  ],
  gaps: [{ from: at("2026-11-22T00:00Z"), to: at("2026-11-22T01:00Z") }],
});

test("weeks begin on Monday, have their sums, and the numbers of ISO 8601", () => {
  expect(weeksOf(found, "UTC")).toMatchObject([
    { number: 47, days: 3, credits: 30, isLeast: true, isNow: false },
    { number: 48, days: 3, credits: 955, isLeast: false, isNow: true },
  ]);
});

test("the parts are those of the series, in their order", () => {
  expect(found[3]?.parts).toEqual([50, 5]);
  expect(highestOf(found)).toBe(5);
  expect(highestOf([])).toBe(-1);
});

test("the average is that of whole days: without gaps, and without today", () => {
  expect(averageOf(found)).toEqual({ count: 4, credits: 85 / 4 });
  expect(averageOf([])).toEqual({ count: 0, credits: 0 });
});

test("the last days of a year may be of the next year's first week", () => {
  const year = days("2024-12-29T00:00Z", "2025-01-06T00:00Z", "2025-02-01T00:00Z", {});
  expect(weeksOf(year, "UTC").map(({ number }) => number)).toEqual([52, 1]);
});
