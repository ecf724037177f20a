/** Sums per interval as stacked bars; the interval that still goes on is pale. */
import { isDimmed } from "../scene";
import type { Series } from "../strokes";
import type { IntervalDrawing } from "./interval";

const DIMMED = 0.16;
const PALE = 0.5;
const MOST_PX = 44;
const SEAM_FROM_PX = 6;

export function barSeries({ input, intervals, intervalPx }: IntervalDrawing): readonly Series[] {
  const width = barWidth(intervalPx);
  return input.chart.series.map(({ key, look }, at): Series => {
    const opacity = isDimmed(input, key) ? DIMMED : 1;
    const sums = intervals.series[at]?.v;
    return {
      id: `line ${key}`,
      type: "bar",
      stack: "models",
      barWidth: width,
      silent: true,
      animation: false,
      emphasis: { disabled: true },
      data: intervals.middles.map((t, index) => {
        const value = [t, sums?.[index] || "-"];
        return intervals.isWhole[index] ? value : { value, itemStyle: { opacity: PALE * opacity } };
      }),
      itemStyle: {
        color: look.color,
        opacity,
        borderColor: input.colors.surface,
        borderWidth: width > SEAM_FROM_PX ? 0.75 : 0,
      },
      z: 3,
    };
  });
}

function barWidth(intervalPx: number): number {
  const space = intervalPx > 7 ? 2.5 : intervalPx > 3 ? 1 : 0;
  return Math.max(1, Math.min(intervalPx - space, MOST_PX));
}
