import { expect, test } from "vitest";
import { randomFrom } from "@/test/chartSamples";
import { layRows } from "./rows";

test("rows fill the height, do not overlap, and have the first one on top", () => {
  const random = randomFrom(3);
  for (let round = 0; round < 200; round += 1) {
    const peaks = Array.from({ length: 2 + Math.floor(random() * 20) }, () => 1 + random() * 900);
    const { rows, scale } = layRows(peaks, Math.sqrt, 300, false);
    rows.forEach(({ base, height, peak }, at) => {
      const above = rows[at - 1];
      if (above) expect(above.base).toBeGreaterThanOrEqual(base + height);
      expect(Math.sqrt(peak) * scale).toBeLessThanOrEqual(height + 0.001);
    });
    const top = rows[0];
    expect((top?.base ?? 0) + (top?.height ?? 0)).toBeLessThanOrEqual(300.001);
  }
});

test("equal values have equal heights in all rows", () => {
  const { rows, scale } = layRows([400, 100], Math.sqrt, 232, false);
  expect(rows.map(({ height }) => height)).toEqual([20 * scale, 10 * scale]);
});
