import { expect, test } from "vitest";
import { seriesOf } from "@/test/chartSamples";
import { gathered, stepsOf, sumIn } from "./steps";

const series = seriesOf("a", [
  [10, 5],
  [20, 3],
  [60, 2],
]);

test("steps begin at zero, and go on flat to the end", () => {
  const { points, total } = stepsOf(series, { from: 0, to: 100 }, [], 100);
  expect([...points]).toEqual([0, 0, 10, 5, 20, 8, 60, 10, 100, 10]);
  expect(total).toBe(10);
});

test("steps break over an unwatched stretch and resume at the same height", () => {
  const { points } = stepsOf(series, { from: 0, to: 100 }, [{ from: 30, to: 50 }], 100);
  expect([...points]).toEqual([
    0,
    0,
    10,
    5,
    20,
    8,
    30,
    8,
    Number.NaN,
    Number.NaN,
    50,
    8,
    60,
    10,
    100,
    10,
  ]);
});

test("sums count from the start of the window, wherever the rows begin", () => {
  expect(stepsOf(series, { from: 15, to: 100 }, [], 100).total).toBe(5);
  expect(sumIn(series, 15, 60)).toBe(3);
});

test("many rows give at most a step per pixel", () => {
  const rows = Array.from({ length: 5_000 }, (_, at) => [at, 1] as const);
  const { points, total } = stepsOf(seriesOf("b", rows), { from: 0, to: 5_000 }, [], 100);
  expect(points.length / 2).toBeLessThanOrEqual(103);
  expect(total).toBe(5_000);
});

test("steps below the drawable size wait until they add up; flat parts stay flat", () => {
  const points = Float64Array.from([0, 0, 10, 1, 20, 2, 30, 3, 90, 3]);
  expect([...gathered(points, 2)]).toEqual([0, 0, 20, 2, 90, 2]);
});
