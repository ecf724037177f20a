/** ECharts with only the parts that the curve uses. */
import { BarChart, LineChart, ScatterChart } from "echarts/charts";
import { GridComponent, MarkAreaComponent, MarkLineComponent } from "echarts/components";
import { init, use } from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";

use([
  BarChart,
  CanvasRenderer,
  GridComponent,
  LineChart,
  MarkAreaComponent,
  MarkLineComponent,
  ScatterChart,
]);

export type { BarSeriesOption, LineSeriesOption, ScatterSeriesOption } from "echarts/charts";
export type { ECharts, EChartsCoreOption } from "echarts/core";
export { init };
