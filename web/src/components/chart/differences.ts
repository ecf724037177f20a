/** The hours that the site counts otherwise: a bar along the top of the plot, with by how much. */
import type { Frame } from "./frame";
import type { Window } from "./types";

const TOP_PX = 26;
const BAR_PX = 4;
/** However short an hour is, so much of it is seen. */
const LEAST_PX = 6;
/** Where an hour is narrower than this there is no room for a number below it. */
const NAMED_FROM_PX = 40;

export function differenceSeries(
  { chart, colors, texts }: Pick<Frame, "chart" | "colors" | "texts">,
  plot: number,
  sight: Window,
) {
  const msPerPx = (sight.to - sight.from) / plot;
  const inSight = chart.differences.filter(({ from, to }) => to > sight.from && from < sight.to);
  return {
    id: "differences",
    type: "line" as const,
    data: [],
    silent: true,
    markArea: {
      silent: true,
      animation: false,
      data: inSight.map(({ from, to, ours, theirs }) => {
        const half = Math.max(to - from, LEAST_PX * msPerPx) / 2;
        const middle = (from + to) / 2;
        const isNamed = (to - from) / msPerPx >= NAMED_FROM_PX;
        return [
          {
            name: isNamed ? texts.difference(theirs, ours) : "",
            xAxis: Math.max(middle - half, sight.from),
            y: TOP_PX,
          },
          { xAxis: Math.min(middle + half, sight.to), y: TOP_PX + BAR_PX },
        ] as [{ name: string; xAxis: number; y: number }, { xAxis: number; y: number }];
      }),
      itemStyle: { color: colors.warn, borderRadius: 2 },
      label: {
        position: "bottom" as const,
        distance: 3,
        color: colors.warn,
        fontSize: 11,
        fontWeight: 600 as const,
        backgroundColor: colors.surface,
        borderRadius: 4,
        padding: [2, 5] as [number, number],
      },
    },
    z: 4,
  };
}
