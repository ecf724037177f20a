/** The option of ECharts for a scene: axes, grid and the views' series. */
import type { EChartsCoreOption } from "./echarts";
import type { Scene } from "./scene";
import { dotSeries, lineSeries } from "./strokes";
import { timeAxis } from "./timeAxis";

export function optionOf(scene: Scene, font: string): EChartsCoreOption {
  const { plot, input } = scene;
  return {
    animation: false,
    textStyle: { fontFamily: font },
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

/** Grid lines alone: the texts are outside the canvas, where they are selectable and zoom. */
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
export function preparation(font: string): EChartsCoreOption {
  const look = { color: STROKE.color, marker: "circle", dash: null } as const;
  return {
    animation: false,
    textStyle: { fontFamily: font },
    grid: { outerBoundsMode: "none" },
    xAxis: { type: "time", min: 0, max: 1, axisLabel: { customValues: [0], rich: { day: {} } } },
    yAxis: { type: "value", min: 0, max: 1, axisLabel: { show: false, customValues: [0] } },
    series: [
      lineSeries({ ...STROKE, id: "line" }),
      dotSeries({ ...STROKE, id: "dots", look, size: 4, rim: STROKE.color }),
    ],
  };
}
