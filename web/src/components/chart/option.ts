/** The option of ECharts for a scene: axes, grid and the views' series. */
import type { EChartsCoreOption } from "./echarts";
import type { Scene } from "./scene";
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
