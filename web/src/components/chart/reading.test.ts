import { expect, test } from "vitest";
import { chartOf, inputOf, NOW, seriesOf } from "@/test/chartSamples";
import { xOf } from "./plot";
import { rankedRows, readAt } from "./reading";
import { headingOf, readingText } from "./readingText";
import { type Scene, sceneOf } from "./scene";
import { nextStop } from "./stops";
import type { Chart } from "./types";

const MINUTE = 60_000;
const ago = (minutes: number) => NOW - minutes * MINUTE;
const a = seriesOf("a", [
  [ago(30), 5],
  [ago(10), 7],
]);
const b = seriesOf("b", [[ago(10), 9]]);

const sceneWith = (change: Partial<Chart>) =>
  sceneOf(inputOf(chartOf({ series: [a, b], ...change })));
const read = (scene: Scene, minutes: number) =>
  readAt(scene, xOf(scene.plot, scene.sight, ago(minutes)));

test("requests: the nearest ones are read together, highest first", () => {
  const reading = read(sceneWith({}), 12);
  expect(reading).toMatchObject({ total: 16, requests: 2, from: ago(10), to: ago(10) });
  expect(reading && rankedRows(reading).map(({ series }) => series.key)).toEqual(["b", "a"]);
});

test("requests: a model without a request there has no row", () => {
  const reading = read(sceneWith({}), 29);
  expect(reading && rankedRows(reading)).toHaveLength(1);
});

test("per interval: sums of the interval under the pointer, zero where nothing was requested", () => {
  const reading = read(sceneWith({ view: "interval" }), 29.5);
  expect(reading).toMatchObject({ total: 5, from: ago(30), to: ago(29) });
  expect(reading?.rows.map(({ value }) => value)).toEqual([5, 0]);
});

test("per interval: an unwatched interval has no values and names the gap", () => {
  const gap = { from: ago(45), to: ago(40), kind: "not_collecting" } as const;
  const scene = sceneWith({ view: "interval", gaps: [gap] });
  const reading = read(scene, 42.5);
  expect(reading).toMatchObject({ gap: "not_collecting" });
  expect(reading?.rows.map(({ value }) => value)).toEqual([null, null]);
  expect(reading && readingText(scene, reading)).toContain("Not collecting");
});

test("cumulative: the sums up to the instant", () => {
  const reading = read(sceneWith({ view: "total" }), 20);
  expect(reading?.rows.map(({ value }) => value)).toEqual([5, 0]);
  expect(read(sceneWith({ view: "total" }), 0)?.total).toBe(21);
});

test("an empty chart has nothing to read", () => {
  expect(read(sceneWith({ series: [] }), 10)).toBeNull();
});

test("the crosshair stops at each request in sight, in both directions", () => {
  const scene = sceneWith({});
  const x = (minutes: number) => xOf(scene.plot, scene.sight, ago(minutes));
  expect(nextStop(scene, null, 1)).toBe(x(30));
  expect(nextStop(scene, read(scene, 30), 1)).toBe(x(10));
  expect(nextStop(scene, read(scene, 10), 1)).toBeNull();
  expect(nextStop(scene, read(scene, 10), -1)).toBe(x(30));
  expect(nextStop(scene, null, -1)).toBe(x(10));
});

test("the crosshair walks from interval to interval", () => {
  const scene = sceneWith({ view: "interval" });
  const first = read(scene, 30);
  const next = nextStop(scene, first, 1);
  expect(next === null ? null : readAt(scene, next)?.from).toBe(first?.to);
});

test("a reading in words has the time, the models and the total", () => {
  const scene = sceneWith({});
  const reading = read(scene, 10);
  expect(reading && readingText(scene, reading)).toBe("2025-08-25 13:30:00, b 9, a 7, Total 16");
});

test("the interval that goes on is called so", () => {
  const window = { from: NOW - 60 * MINUTE, to: NOW + 20_000 };
  const scene = sceneWith({ view: "interval", window });
  const reading = readAt(scene, scene.plot.right);
  expect(reading && headingOf(scene, reading)).toBe("13:40 – 13:41 · so far");
});
