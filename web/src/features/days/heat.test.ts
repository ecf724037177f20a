import { expect, test } from "vitest";
import type { Series } from "@/api/types";
import { HOUR_MS } from "@/lib/time";
import { heatOf, highestAverage, LEVELS, levelOf, placeOf } from "./heat";

const at = (text: string) => Date.parse(text);
const MONDAY = at("2026-11-23T00:00Z");
const WEEK = 7 * 24 * HOUR_MS;

function series(points: readonly (readonly [number, number])[]): Series {
  return {
    key: "opus",
    t: points.map(([t]) => t),
    v: points.map(([, credits]) => credits),
    n: points.map(() => 1),
    total: 0,
    requests: points.length,
    last: 0,
  };
}

function heat(more: Partial<Parameters<typeof heatOf>[0]>, weeks = 1) {
  const span = { from: MONDAY, to: MONDAY + weeks * WEEK };
  return heatOf({ series: [], gaps: [], span, past: span, zone: "UTC", ...more });
}

test("an hour's average is over the weeks, and requests of one hour add up", () => {
  const nine = MONDAY + 9 * HOUR_MS;
  const rows = heat(
    {
      series: [
        series([
          [nine, 10],
          [nine + HOUR_MS - 1, 20],
          [nine + WEEK, 30],
        ]),
      ],
    },
    2,
  );
  expect(rows[0]?.[9]).toEqual({ average: 30, count: 2, isOpen: false });
  expect(rows[0]?.[10]).toEqual({ average: 0, count: 2, isOpen: false });
  expect(highestAverage(rows)).toBe(30);
});

test("hours that were not collected throughout are no samples", () => {
  const gap = { from: MONDAY + 9.5 * HOUR_MS, to: MONDAY + 10.5 * HOUR_MS };
  const rows = heat({ gaps: [gap], series: [series([[MONDAY + 9 * HOUR_MS, 10]])] });
  expect(rows[0]?.slice(8, 12).map(({ count }) => count)).toEqual([1, 0, 0, 1]);
  expect(rows[0]?.[9]).toMatchObject({ average: null, isOpen: false });
});

test("the hour that goes on and hours to come are no samples", () => {
  const past = { from: MONDAY, to: MONDAY + 9.5 * HOUR_MS };
  const hours = heat({ past })[0]?.slice(7, 12);
  expect(hours?.map(({ count }) => count)).toEqual([1, 1, 0, 0, 0]);
  expect(hours?.map(({ isOpen }) => isOpen)).toEqual([false, false, true, true, true]);
});

test("rows and columns follow the zone's clock, also after it changes", () => {
  expect(placeOf(at("2026-11-22T16:30Z"), "Asia/Shanghai")).toBe(0);
  expect(placeOf(at("2026-10-25T00:30Z"), "Europe/Berlin")).toBe(6 * 24 + 2);
  expect(placeOf(at("2026-10-25T01:30Z"), "Europe/Berlin")).toBe(6 * 24 + 2);
  const span = { from: at("2026-10-24T22:00Z"), to: at("2026-10-25T23:00Z") };
  const rows = heatOf({ series: [], gaps: [], span, past: span, zone: "Europe/Berlin" });
  expect(rows[6]?.map(({ count }) => count)).toEqual([1, 1, 2, ...new Array(21).fill(1)]);
});

test("hours of a zone with a half-hour offset begin at its full hours", () => {
  const span = { from: at("2026-11-22T18:30Z"), to: at("2026-11-23T18:30Z") };
  const rows = heatOf({
    series: [series([[at("2026-11-23T03:30Z"), 7]])],
    gaps: [],
    span,
    past: span,
    zone: "Asia/Kolkata",
  });
  expect(rows[0]?.[9]?.average).toBe(7);
});

test("steps begin above zero and end at the highest", () => {
  expect([0, 0.1, 100].map((average) => levelOf(average, 100))).toEqual([0, 1, LEVELS]);
  expect(levelOf(0, 0)).toBe(0);
});
