import { expect, test } from "vitest";
import { randomFrom } from "@/test/chartSamples";
import { spread } from "./spread";

test("labels with room stay where they are wanted", () => {
  expect(spread([10, 100, 60], 20, 0, 200)).toEqual([10, 100, 60]);
});

test("labels that would overlap move apart evenly, in their order", () => {
  expect(spread([50, 52, 48], 20, 0, 200)).toEqual([50, 70, 30]);
});

test("labels never overlap and never leave the bounds, wherever they are wanted", () => {
  const random = randomFrom(5);
  for (let round = 0; round < 500; round += 1) {
    const wanted = Array.from({ length: 1 + Math.floor(random() * 14) }, () => random() * 280);
    const placed = spread(wanted, 20, 4, 290);
    const sorted = placed.toSorted((one, other) => one - other);
    sorted.slice(1).forEach((y, at) => {
      expect(y - (sorted[at] ?? 0)).toBeGreaterThan(19.999);
    });
    expect(sorted[0]).toBeGreaterThanOrEqual(4);
    expect(sorted.at(-1)).toBeLessThanOrEqual(290.001);
  }
});
