import { expect, test } from "vitest";
import { chartOf, inputOf, NOW, seriesOf } from "@/test/chartSamples";
import { readAt } from "./reading";
import { sceneOf } from "./scene";
import type { Chart, PreviousSpan } from "./types";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const window = { from: NOW - HOUR, to: NOW };

/** Sums per minute of the hour before the window. */
const previous: PreviousSpan = {
  t: [NOW - 110 * MINUTE, NOW - 90 * MINUTE],
  v: [40, 60],
  n: [1, 2],
  known: { from: NOW - 2 * HOUR, to: NOW - HOUR },
  gaps: [],
  sourceMs: MINUTE,
  shiftMs: HOUR,
};

const series = [seriesOf("a", [[NOW - 30 * MINUTE, 50]])];
const sceneWith = (change: Partial<Chart>) =>
  sceneOf(inputOf(chartOf({ view: "interval", window, series, previous, ...change })));

const known = <Item>(items: readonly (Item | null)[] | undefined) =>
  (items ?? []).filter((item) => item !== null);

test("the previous span is drawn where its time of the present one is", () => {
  const points = known(sceneWith({}).comparison?.previous).filter(([, value]) => value > 0);
  expect(points).toEqual([
    [NOW - 50 * MINUTE + MINUTE / 2, 40],
    [NOW - 30 * MINUTE + MINUTE / 2, 60],
  ]);
});

test("its line is broken at its gaps, and ends where it is unknown", () => {
  const gap = { from: NOW - 100 * MINUTE, to: NOW - 95 * MINUTE };
  const { comparison, intervals } = sceneWith({ previous: { ...previous, gaps: [gap] } });
  const unknown = intervals?.middles.filter((_, at) => comparison?.previous[at] === null) ?? [];
  expect(unknown.map((middle) => Math.floor((NOW - middle) / MINUTE))).toEqual([
    39, 38, 37, 36, 35,
  ]);
});

test("sums coarser than the intervals are not drawn", () => {
  const coarse = { ...previous, sourceMs: 15 * MINUTE };
  expect(known(sceneWith({ previous: coarse }).comparison?.previous)).toEqual([]);
});

test("the usual spend per hour is scaled to the interval", () => {
  const { comparison } = sceneWith({ usual: () => ({ low: 120, high: 600 }) });
  const bands = known(comparison?.usual).map(([, band]) => band);
  expect(new Set(bands.map(({ low }) => Math.round(low * 1e6) / 1e6))).toEqual(new Set([2]));
  expect(new Set(bands.map(({ high }) => Math.round(high * 1e6) / 1e6))).toEqual(new Set([10]));
});

test("an hour without a usual spend leaves a break", () => {
  const usual = (t: number) => (t < NOW - 30 * MINUTE ? null : { low: 60, high: 60 });
  expect(known(sceneWith({ usual }).comparison?.usual)).toHaveLength(30);
});

test("the comparison raises the axis by half of the curve's peak at most", () => {
  const alone = sceneWith({ previous: null }).axisMax;
  expect(sceneWith({}).axisMax).toBeCloseTo(alone * 1.2);
  const high = { ...previous, v: [4_000, 60] };
  expect(sceneWith({ previous: high }).axisMax).toBeCloseTo(alone * 1.5);
});

test("cumulative, the previous span adds up from its own start", () => {
  const scene = sceneWith({ view: "total" });
  const points = known(scene.comparison?.previous);
  expect(points[0]).toEqual([window.from, 0]);
  expect(points.at(-1)?.[1]).toBe(100);
  expect(points).toContainEqual([NOW - 49 * MINUTE, 40]);
});

test("the crosshair reads both", () => {
  const scene = sceneWith({ usual: () => ({ low: 120, high: 600 }) });
  const middle = (scene.plot.left + scene.plot.right) / 2;
  expect(readAt(scene, middle + 1)).toMatchObject({ previous: 60, usual: { low: 2, high: 10 } });
  const total = sceneWith({ view: "total" });
  expect(readAt(total, middle + 30)).toMatchObject({ previous: 100, usual: null });
});

test("rows by model are not compared: both are totals", () => {
  expect(sceneWith({ form: "rows" }).comparison).toBeNull();
});
