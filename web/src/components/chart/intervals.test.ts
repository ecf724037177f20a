import { expect, test } from "vitest";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "@/lib/time";
import { seriesOf } from "@/test/chartSamples";
import { intervalFor, intervalsOf, valueAt } from "./intervals";
import type { Window } from "./types";

const FROM = Date.parse("2025-08-25T12:00:00Z");
const span = (minutes: number): Window => ({ from: FROM, to: FROM + minutes * MINUTE_MS });

function made(points: readonly (readonly [number, number])[], gaps: readonly Window[] = []) {
  const series = [
    seriesOf(
      "a",
      points.map(([minute, v]) => [FROM + minute * MINUTE_MS, v]),
    ),
  ];
  const sight = span(20);
  const ms = 5 * MINUTE_MS;
  return intervalsOf({ series, gaps, sight, window: sight, ms, zone: "UTC" });
}

test.each([
  [1, 1_100, MINUTE_MS],
  [6, 1_100, 5 * MINUTE_MS],
  [6, 340, 10 * MINUTE_MS],
  [24, 1_100, 15 * MINUTE_MS],
  [24 * 7, 1_100, HOUR_MS],
  [24 * 30, 1_100, DAY_MS],
  [24 * 30, 340, DAY_MS],
])("%d hours on %d px have intervals of %d ms", (hours, width, ms) => {
  expect(intervalFor(hours * HOUR_MS, width, 0)).toBe(ms);
});

test("intervals are never finer than the source, and whole multiples of it", () => {
  expect(intervalFor(HOUR_MS, 1_100, 15 * MINUTE_MS)).toBe(15 * MINUTE_MS);
  expect(intervalFor(10 * DAY_MS, 1_100, DAY_MS)).toBe(DAY_MS);
});

test("a watched interval without requests is zero, an unwatched one unknown", () => {
  const gap = { from: FROM + 11 * MINUTE_MS, to: FROM + 14 * MINUTE_MS };
  const intervals = made(
    [
      [1, 5],
      [2, 7],
    ],
    [gap],
  );
  const values = intervals.middles.map((_, at) =>
    valueAt(intervals.series[0]?.v ?? new Float64Array(), intervals, at),
  );
  expect(values).toEqual([12, 0, null, 0]);
});

test("requests in a partly unwatched interval are not hidden", () => {
  const gap = { from: FROM + 11 * MINUTE_MS, to: FROM + 14 * MINUTE_MS };
  const intervals = made([[10, 5]], [gap]);
  expect(valueAt(intervals.total, intervals, 2)).toBe(5);
});

test("decimals add up without binary dust", () => {
  expect(
    made([
      [1, 0.1],
      [2, 0.2],
    ]).total[0],
  ).toBe(0.3);
});

test("days follow the zone, also the short one of a clock change", () => {
  const sight = {
    from: Date.parse("2025-03-29T22:30:00Z"),
    to: Date.parse("2025-03-31T12:00:00Z"),
  };
  const { edges } = intervalsOf({
    series: [],
    gaps: [],
    sight,
    window: sight,
    ms: DAY_MS,
    zone: "Europe/Berlin",
  });
  const lengths = edges.slice(1).map((edge, at) => (edge - (edges[at] ?? 0)) / HOUR_MS);
  expect(lengths).toEqual([24, 23, 24]);
});

test("the interval that goes on is not whole", () => {
  const window = { from: FROM, to: FROM + 12 * MINUTE_MS };
  const intervals = intervalsOf({
    series: [],
    gaps: [],
    sight: window,
    window,
    ms: 5 * MINUTE_MS,
    zone: "UTC",
  });
  expect(intervals.isWhole).toEqual([true, true, false]);
});
