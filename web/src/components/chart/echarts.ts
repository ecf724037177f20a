/** ECharts with only what the curve uses. */
import { LineChart, type LineSeriesOption } from "echarts/charts";
import {
  GridComponent,
  type GridComponentOption,
  MarkAreaComponent,
  TooltipComponent,
  type TooltipComponentOption,
} from "echarts/components";
import { type ComposeOption, init, setPlatformAPI, use } from "echarts/core";
import { LabelLayout } from "echarts/features";
import { CanvasRenderer } from "echarts/renderers";

import { widthMeter } from "./letters";

use([CanvasRenderer, GridComponent, LabelLayout, LineChart, MarkAreaComponent, TooltipComponent]);
setPlatformAPI({ measureText: widthMeter() });

export type ECOption = ComposeOption<
  GridComponentOption | LineSeriesOption | TooltipComponentOption
>;

/**
 * Flat columns as a series' data. ECharts takes typed arrays (its own guide, "large data"), but its
 * types do not say so.
 */
export function seriesData(points: Float64Array): NonNullable<LineSeriesOption["data"]> {
  return points as unknown as NonNullable<LineSeriesOption["data"]>;
}

export type { ECharts } from "echarts/core";
export { init };
