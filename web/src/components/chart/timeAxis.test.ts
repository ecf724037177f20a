import { expect, test } from "vitest";
import { HOUR_MS } from "@/lib/time";
import { chartOf, inputOf, NOW, seriesOf } from "@/test/chartSamples";
import { xOf } from "./plot";
import { sceneOf } from "./scene";
import { timeAxis } from "./timeAxis";

const PHONE = { width: 370, height: 232 };
/** Half of "13:00" in the axis' font. */
const HALF_PX = 14;

test.each(["requests", "interval", "total"] as const)(
  "on a phone no time of %s is cut off at the edge, and four or more are shown",
  (view) => {
    for (const hours of [1, 2, 3, 6, 12, 24, 147, 168]) {
      for (let minute = 0; minute < 60; minute += 1) {
        const to = NOW + minute * 60_000;
        const window = { from: to - hours * HOUR_MS, to };
        const chart = chartOf({ view, series: [seriesOf("a", [[to - 1, 5]])], window });
        const scene = sceneOf(inputOf(chart, { size: PHONE }));
        const { customValues, formatter } = timeAxis(scene).axisLabel;
        const shown = customValues.filter((t) => formatter(t) !== "");
        const places = shown.map((t) => xOf(scene.plot, scene.sight, t));
        expect(shown.length).toBeGreaterThanOrEqual(4);
        expect(Math.max(...places)).toBeLessThanOrEqual(PHONE.width - HALF_PX);
      }
    }
  },
);
