/** The option of ECharts for a scene: axes, grid and the views' series. */
import type { EChartsCoreOption } from "./echarts";
import type { Scene } from "./scene";
import { dotSeries, lineSeries } from "./strokes";
import { timeTicks } from "./timeAxis";

export function optionOf(scene: Scene): EChartsCoreOption {
  const { plot, input } = scene;
  return {
    animation: false,
    grid: {
      left: plot.left,
      top: plot.top,
      right: input.size.width - plot.right,
      bottom: input.size.height - plot.bottom,
      outerBoundsMode: "none",
    },
    xAxis: timeAxis(scene),
    yAxis: valueAxis(scene),
    series: [...scene.series],
  };
}

/** Marks alone: their texts are beside the canvas, in the font and colours of the page. */
function timeAxis(scene: Scene) {
  const { input, sight } = scene;
  const { isOfDays, at } = timeTicks(scene);
  const lineStyle = { color: input.colors.axis };
  return {
    type: "time",
    min: sight.from,
    max: sight.to,
    axisLine: { lineStyle },
    axisTick: { show: !isOfDays, length: 4, customValues: [...at], lineStyle },
    splitLine: { show: false },
    axisLabel: { show: false, customValues: [...at] },
  };
}

/** Grid lines alone; their texts, too, are beside the canvas. */
function valueAxis({ axisMax, ticks, rows, input }: Scene) {
  const customValues = ticks.map(({ at }) => at);
  return {
    type: "value",
    min: 0,
    max: axisMax,
    axisLine: { show: false },
    axisTick: { show: false, customValues },
    splitLine: {
      show: rows === null,
      lineStyle: { color: input.colors.grid, width: 1 },
      showMinLine: false,
    },
    axisLabel: { show: false, customValues },
  };
}

const STROKE = {
  points: Float64Array.of(0, 0, 1, 1, Number.NaN, Number.NaN),
  color: "#000000",
  width: 1,
  opacity: 1,
  z: 1,
};

/** A plot of each kind of series, which is replaced before it is visible. */
export function preparation(): EChartsCoreOption {
  const look = { color: STROKE.color, marker: "circle", dash: null } as const;
  return {
    animation: false,
    grid: { outerBoundsMode: "none" },
    xAxis: { type: "time", min: 0, max: 1, axisLabel: { show: false, customValues: [0] } },
    yAxis: { type: "value", min: 0, max: 1, axisLabel: { show: false, customValues: [0] } },
    series: [
      lineSeries({ ...STROKE, id: "line" }),
      dotSeries({ ...STROKE, id: "dots", look, size: 4, rim: STROKE.color }),
    ],
  };
}
