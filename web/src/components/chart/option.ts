/** The option of ECharts for a scene: axes, grid, gaps and the views' series. */
import { DAY_MS } from "@/lib/time";
import type { EChartsCoreOption } from "./echarts";
import { xOf } from "./plot";
import type { Scene } from "./scene";
import { isMidnight, type Ticks, ticksOf } from "./ticks";

const TICK_PX = 84;
const NARROW_TICK_PX = 42;
const FONT_PX = 11.5;
/** Width of the shortest gap that is drawn. */
const LEAST_GAP_PX = 4;
const DAY_LABEL_PX = 30;

export function optionOf(scene: Scene, font: string): EChartsCoreOption {
  const { plot, input } = scene;
  const { colors } = input;
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
    yAxis: {
      type: "value",
      min: 0,
      max: scene.axisMax,
      axisLine: { show: false },
      axisTick: { show: false, customValues: scene.ticks.map(({ at }) => at) },
      splitLine: {
        show: scene.rows === null,
        lineStyle: { color: colors.grid, width: 1 },
        showMinLine: false,
      },
      axisLabel: { show: false, customValues: scene.ticks.map(({ at }) => at) },
    },
    series: [groundSeries(scene, timeTicks(scene)), ...scene.series],
  };
}

/** Day bars have a label under each bar, other axes have round times. */
function timeTicks({ intervals, plot, sight, input }: Scene): Ticks {
  if (intervals && intervals.ms >= DAY_MS) {
    const px = (intervals.ms / (sight.to - sight.from)) * plot.width;
    const every = Math.max(1, Math.ceil(DAY_LABEL_PX / px));
    const at = intervals.middles.filter((_, index) => index % every === 0);
    return { stepMs: every * DAY_MS, at };
  }
  const most = Math.max(4, Math.floor(plot.width / (plot.isNarrow ? NARROW_TICK_PX : TICK_PX)));
  return ticksOf(sight, most, input.texts.zone);
}

function timeAxis(scene: Scene) {
  const { input, sight, intervals } = scene;
  const { colors } = input;
  const ticks = timeTicks(scene);
  const isDays = intervals !== null && intervals.ms >= DAY_MS;
  return {
    type: "time",
    // Bars would move the ends of the axis, and with them everything in the overlays.
    containShape: false,
    min: sight.from,
    max: sight.to,
    axisLine: { lineStyle: { color: colors.axis } },
    axisTick: {
      show: !isDays,
      length: 4,
      customValues: [...ticks.at],
      lineStyle: { color: colors.axis },
    },
    splitLine: { show: false },
    axisLabel: {
      customValues: [...ticks.at],
      color: colors.faint,
      fontSize: FONT_PX,
      margin: 9,
      hideOverlap: true,
      formatter: (t: number) => tickText(scene, ticks, t),
      rich: { day: { color: colors.ink, fontWeight: 600, fontSize: FONT_PX } },
    },
  };
}

function tickText({ input }: Scene, ticks: Ticks, t: number): string {
  const { texts } = input;
  if (ticks.stepMs >= DAY_MS) {
    const isFirst = t === ticks.at[0];
    const day = texts.dayOfMonth(t);
    return isFirst || Number(day) <= ticks.stepMs / DAY_MS ? `{day|${texts.day(t)}}` : day;
  }
  if (isMidnight(t, texts.zone)) return `{day|${texts.day(t)}}`;
  return ticks.stepMs < 60_000 ? texts.second(t) : texts.time(t);
}

/** Gaps, midnights and baselines, behind everything else. */
function groundSeries(scene: Scene, ticks: Ticks) {
  const { input, sight, rows } = scene;
  const { colors, pattern, texts } = input;
  const areas = gapAreas(scene);
  const edges = areas.flat().filter(({ xAxis }) => xAxis > sight.from && xAxis < sight.to);
  const isHours = ticks.stepMs < DAY_MS;
  const midnights = isHours ? ticks.at.filter((t) => isMidnight(t, texts.zone)) : [];
  const line = (color: string) => ({ color, width: 1, type: "solid" });
  return {
    id: "ground",
    type: "line",
    data: [],
    silent: true,
    animation: false,
    z: 0,
    markArea: {
      silent: true,
      animation: false,
      z: 0,
      itemStyle: { color: pattern ?? colors.hatchGround },
      data: areas,
    },
    markLine: {
      silent: true,
      animation: false,
      z: 0,
      symbol: "none",
      label: { show: false },
      data: [
        ...midnights.map((t) => ({ xAxis: t, lineStyle: line(colors.axis) })),
        ...edges.map(({ xAxis }) => ({ xAxis, lineStyle: line(colors.hatchEdge) })),
        ...(rows?.rows ?? []).map(({ base }) => ({ yAxis: base, lineStyle: line(colors.line) })),
      ],
    },
  };
}

type Edge = { readonly xAxis: number };

function gapAreas({ input, sight, plot }: Scene): readonly (readonly [Edge, Edge])[] {
  const least = (LEAST_GAP_PX / plot.width) * (sight.to - sight.from);
  return input.chart.gaps.flatMap(({ from, to }) => {
    if (to <= sight.from || from >= sight.to) return [];
    const start = Math.max(from, sight.from);
    const end = Math.min(Math.max(to, from + least), sight.to);
    return [[{ xAxis: start }, { xAxis: end }] as const];
  });
}

/** The places of the gaps in sight, in px. */
export function gapPlaces({ input, sight, plot }: Scene) {
  return input.chart.gaps.flatMap((gap) => {
    if (gap.to <= sight.from || gap.from >= sight.to) return [];
    const from = Math.max(plot.left, xOf(plot, sight, gap.from));
    const to = Math.min(plot.right, xOf(plot, sight, gap.to));
    return [{ gap, from, to }];
  });
}
