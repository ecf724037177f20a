import { expect, test } from "vitest";
import { HOUR_MS } from "@/lib/time";
import { chartOf, inputOf, NOW, seriesOf } from "@/test/chartSamples";
import { sceneOf } from "./scene";
import { textWidth } from "./textWidth";
import { timeLabels } from "./timeAxis";

const PHONE = { width: 370, height: 232 };
/** The spans of a zoom in minutes; times with seconds are too long for four of them. */
const ZOOMS = [0.5, 0.7, 1, 1.5, 2, 2.5, 3, 3.5, 4, 5, 7, 10, 20].map((span) => span / 60);
const SECONDS_H = 4 / 60;
/** Half of "13:00" in the axis' font. */
const HALF_PX = 14;

test.each(["requests", "interval", "total"] as const)(
  "on a phone no time of %s is cut off or touches another, and four or more are shown",
  (view) => {
    const wrong: unknown[] = [];
    for (const hours of [...ZOOMS, 1, 2, 3, 6, 12, 24, 147, 168]) {
      for (let minute = 0; minute < 60; minute += 1) {
        const to = NOW + minute * 60_000;
        const window = { from: to - hours * HOUR_MS, to };
        const chart = chartOf({ view, series: [seriesOf("a", [[to - 1, 5]])], window });
        const scene = sceneOf(inputOf(chart, { size: PHONE }));
        const labels = timeLabels(scene);
        const least = hours < SECONDS_H ? 3 : 4;
        const isCutOff = (labels.at(-1)?.x ?? 0) > PHONE.width - HALF_PX;
        if (labels.length < least || isCutOff || hasOverlap(labels)) wrong.push({ window, labels });
      }
    }
    expect(wrong).toEqual([]);
  },
);

function hasOverlap(labels: readonly { readonly x: number; readonly text: string }[]): boolean {
  return labels.slice(1).some(({ x, text }, at) => {
    const before = labels[at];
    const widths = textWidth(text) + textWidth(before?.text ?? "");
    return x - (before?.x ?? 0) <= widths / 2;
  });
}
