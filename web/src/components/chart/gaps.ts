/** Spans in which nothing was collected, or something may be missing: hatched, and named. */
import type { Frame } from "./frame";
import type { Chart, ChartTexts, Window } from "./types";

export function gapSeries({ chart, colors, texts, pattern }: Frame, plot: number, sight: Window) {
  return {
    id: "gaps",
    type: "line" as const,
    data: [],
    silent: true,
    markArea: {
      silent: true,
      animation: false,
      data: gapAreas(chart, texts, plot, sight),
      itemStyle: {
        color: pattern ? { image: pattern, repeat: "repeat" as const } : colors.hatchGround,
      },
      label: {
        position: "insideTop" as const,
        color: colors.muted,
        fontSize: 11,
        backgroundColor: colors.surface,
        borderRadius: 4,
        padding: [3, 6] as [number, number],
      },
    },
    z: 1,
  };
}

/** However short a gap is, so much of it is seen. */
const LEAST_GAP_PX = 5;

/** Each gap as an area; its name where that does not run into the name before or off the plot. */
function gapAreas(chart: Chart, texts: ChartTexts, plot: number, sight: Window) {
  const msPerPx = (sight.to - sight.from) / plot;
  const areas: [{ name: string; xAxis: number }, { xAxis: number }][] = [];
  let free = 0;
  for (const { from, to, kind } of chart.gaps) {
    if (to <= sight.from || from >= sight.to) continue;
    const [middle, half] = [(from + to) / 2, Math.max(to - from, LEAST_GAP_PX * msPerPx) / 2];
    const start = Math.max(middle - half, sight.from);
    const end = Math.min(middle + half, sight.to);
    const centre = ((start + end) / 2 - sight.from) / msPerPx;
    const reach = 10 + 3.4 * widthOf(texts.gaps[kind]);
    const isRoom = centre - reach >= free && centre + reach <= plot;
    if (isRoom) free = centre + reach;
    areas.push([{ name: isRoom ? texts.gaps[kind] : "", xAxis: start }, { xAxis: end }]);
  }
  return areas;
}

/** Letters' widths, roughly: a Chinese character is as wide as two others. */
function widthOf(text: string): number {
  return [...text].reduce((width, letter) => width + (letter > "⺀" ? 2 : 1), 0);
}
