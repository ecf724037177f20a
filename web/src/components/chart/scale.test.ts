import { expect, test } from "vitest";
import { seriesOf } from "@/test/chartSamples";
import { highestIn, linearScale, rootScale } from "./scale";

test("a linear axis ends a little above the highest value, with round ticks below", () => {
  const { max, ticks } = linearScale(334);
  expect(ticks).toEqual([0, 100, 200, 300]);
  expect(max).toBeCloseTo(334 * 1.06);
});

test("the root scale has ticks that stay apart", () => {
  const { ticks, max, place } = rootScale(120);
  expect(ticks).toEqual([0, 5, 25, 50, 100]);
  expect(place(100) / max).toBeLessThan(1);
});

test("an empty chart has an axis too", () => {
  expect(linearScale(0).max).toBeGreaterThan(0);
  expect(rootScale(0).ticks[0]).toBe(0);
});

test("the highest value is looked for in sight only", () => {
  const series = seriesOf("a", [
    [1, 500],
    [10, 3],
    [20, 9],
    [40, 700],
  ]);
  expect(highestIn(series, { from: 5, to: 30 })).toBe(9);
});
