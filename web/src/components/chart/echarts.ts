/** ECharts with only the parts that the curve uses. */
import { LineChart, ScatterChart } from "echarts/charts";
import { GridSimpleComponent } from "echarts/components";
import { init, use } from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";

use([CanvasRenderer, GridSimpleComponent, LineChart, ScatterChart]);

export type { LineSeriesOption, ScatterSeriesOption } from "echarts/charts";
export type { ECharts, EChartsCoreOption } from "echarts/core";
export { init };
