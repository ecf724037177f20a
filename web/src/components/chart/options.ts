/**
 * The chart's options, as pure functions of what is drawn.
 *
 * `baseOption` is set once for a theme and language; `frameOption` whenever the data, the window or
 * the zoom has changed. A frame names every line, but carries the points of changed ones alone, so
 * that ECharts merges it into what stands instead of building anew.
 */

import { lowerBound } from "@/lib/columns";
import { type ECOption, seriesData } from "./echarts";
import { pointsOf } from "./points";
import { highestIn, scaleFor } from "./scale";
import { ticksOf, tickText } from "./ticks";
import type { Chart, ChartColors, ChartTexts, Line, Window } from "./types";

export const SAMPLED_FROM = 100_000;
/** More points than this are not animated: motion would cost more than it tells. */
const ANIMATED_TO = 400;
const SYMBOLS_PER_PX = 1 / 9;
const LABELS_PER_PX = 1 / 42;
const PX_PER_TICK = 84;

const NARROW_PX = 560;
const PX_PER_LETTER = 7.4;

export function baseOption(
  colors: ChartColors,
  texts: ChartTexts,
  isMotionWanted: boolean,
): ECOption {
  return {
    animation: isMotionWanted,
    animationDuration: 0,
    animationDurationUpdate: 160,
    animationEasingUpdate: "cubicOut",
    textStyle: { fontFamily: texts.font, color: colors.muted },
    xAxis: {
      type: "time",
      axisLine: { lineStyle: { color: colors.line } },
      axisTick: { show: false },
      splitLine: { show: false },
      axisLabel: {
        color: colors.faint,
        fontSize: 11,
        hideOverlap: true,
        rich: { day: { fontWeight: 600, color: colors.ink, fontSize: 11 } },
      },
      axisPointer: { snap: true, label: { show: false }, lineStyle: { color: colors.faint } },
    },
    yAxis: {
      type: "value",
      min: 0,
      axisLine: { show: false },
      axisTick: { show: false },
      splitLine: { lineStyle: { color: colors.line, type: [3, 4] } },
      axisLabel: { color: colors.faint, fontSize: 11, formatter: texts.compact },
    },
    tooltip: {
      trigger: "axis",
      confine: true,
      transitionDuration: 0,
      padding: 0,
      borderWidth: 0,
      backgroundColor: "transparent",
      extraCssText: "box-shadow:none",
      axisPointer: { type: "line", lineStyle: { color: colors.faint, width: 1, type: "solid" } },
    },
  };
}

export interface Frame {
  readonly chart: Chart;
  /** What of the window is zoomed into; null for all of it. */
  readonly zoom: Window | null;
  readonly width: number;
  readonly colors: ChartColors;
  readonly texts: ChartTexts;
  readonly pattern: HTMLCanvasElement | null;
}

/** What is in sight. */
export function sightOf({ chart, zoom }: Pick<Frame, "chart" | "zoom">): Window {
  return zoom ?? chart.window;
}

export function countPoints(lines: readonly Line[]): number {
  return lines.reduce((count, line) => count + line.t.length, 0);
}

function countInSight(lines: readonly Line[], { from, to }: Window): number {
  return lines.reduce((count, { t }) => count + lowerBound(t, to + 1) - lowerBound(t, from), 0);
}

/** Whether a line's points have to be given again: `before` is the frame that stands. */
function isRedrawn(line: Line, frame: Frame, before: Frame | null): boolean {
  const old = before?.chart.lines.find(({ key }) => key === line.key);
  return !old || old.t !== line.t || old.v !== line.v || before?.chart.gaps !== frame.chart.gaps;
}

export function frameOption(frame: Frame, before: Frame | null): ECOption {
  const { chart, width, texts } = frame;
  const sight = sightOf(frame);
  const ends = endsOf(chart, sight);
  const grid = gridFor(width, ends, texts);
  const plot = Math.max(1, width - grid.left - grid.right);
  const ticks = ticksOf(sight, Math.max(2, Math.floor(plot / PX_PER_TICK)), texts.zone);
  const scale = scaleFor(highestIn(chart.lines, sight));
  const isMany = countPoints(chart.lines) >= SAMPLED_FROM;
  return {
    animationDurationUpdate: countPoints(chart.lines) > ANIMATED_TO ? 0 : 160,
    grid,
    xAxis: {
      min: chart.window.from,
      max: chart.window.to,
      axisTick: { customValues: [...ticks.at] },
      axisLabel: {
        customValues: [...ticks.at],
        formatter: (t: number) => tickText(t, ticks.stepMs, texts.zone),
      },
    },
    yAxis: { max: scale.max, interval: scale.step },
    dataZoom: [
      {
        id: "zoom",
        type: "inside",
        xAxisIndex: 0,
        filterMode: isMany ? "filter" : "none",
        startValue: sight.from,
        endValue: sight.to,
        minValueSpan: Math.min(10_000, chart.window.to - chart.window.from),
        zoomOnMouseWheel: true,
        moveOnMouseMove: true,
        throttle: 16,
      },
    ],
    series: [
      gapSeries(frame, plot, sight),
      ...chart.lines.map((line) => lineSeries(line, frame, before, plot, sight, isMany)),
      endSeries(frame, ends),
    ],
  };
}

function lineSeries(
  line: Line,
  frame: Frame,
  before: Frame | null,
  plot: number,
  sight: Window,
  isMany: boolean,
) {
  const { chart, texts } = frame;
  const count = countInSight(chart.lines, sight);
  const isRoomForLabels = chart.view !== "total" && count <= plot * LABELS_PER_PX;
  return {
    id: `line ${line.key}`,
    name: line.key,
    type: "line" as const,
    ...(isRedrawn(line, frame, before) ? { data: seriesData(pointsOf(line, chart.gaps)) } : {}),
    dimensions: ["t", "v"],
    smooth: false,
    connectNulls: false,
    sampling: isMany ? ("lttb" as const) : ("none" as const),
    showSymbol: count <= plot * SYMBOLS_PER_PX,
    symbol: "circle",
    symbolSize: 6,
    lineStyle: {
      color: line.color,
      width: 2,
      type: line.dash,
      cap: "round" as const,
      join: "round" as const,
    },
    itemStyle: { color: line.color },
    emphasis: { focus: "series" as const, lineStyle: { width: 2.5 } },
    blur: { lineStyle: { opacity: 0.18 }, itemStyle: { opacity: 0.18 } },
    label: {
      show: isRoomForLabels,
      position: "top" as const,
      distance: 6,
      fontSize: 11,
      fontWeight: 500 as const,
      color: frame.colors.ink,
      textBorderColor: frame.colors.surface,
      textBorderWidth: 3,
      formatter: ({ value }: { value: unknown }) => texts.compact(secondOf(value)),
    },
    labelLayout: { hideOverlap: true },
    z: 3,
  };
}

interface End {
  readonly line: Line;
  readonly t: number;
  readonly v: number;
}

/** The last point in sight of each line: where its current value stands. */
function endsOf({ lines }: Chart, sight: Window): readonly End[] {
  return lines.flatMap((line) => {
    const at = lowerBound(line.t, sight.to + 1) - 1;
    const t = line.t[at];
    const v = line.v[at];
    return t === undefined || v === undefined || t < sight.from ? [] : [{ line, t, v }];
  });
}

/** Room beside the plot for the axis' values, and for the values at the lines' ends. */
function gridFor(width: number, ends: readonly End[], texts: ChartTexts) {
  const longest = Math.max(2, ...ends.map(({ v }) => texts.number(v).length));
  const right = Math.round(20 + longest * PX_PER_LETTER);
  return { top: 26, right, bottom: 30, left: width < NARROW_PX ? 42 : 56 };
}

/** The current value, at the end of each line. */
function endSeries({ colors, texts }: Frame, ends: readonly End[]) {
  return {
    id: "ends",
    type: "line" as const,
    data: ends.map(({ line, t, v }) => ({
      name: line.key,
      value: [t, v],
      itemStyle: { color: line.color, borderColor: colors.surface, borderWidth: 2 },
    })),
    silent: true,
    lineStyle: { width: 0, opacity: 0 },
    showSymbol: true,
    symbol: "circle",
    symbolSize: 10,
    label: {
      show: true,
      position: "right" as const,
      distance: 4,
      fontSize: 12,
      fontWeight: 600 as const,
      color: colors.ink,
      textBorderColor: colors.surface,
      textBorderWidth: 4,
      formatter: ({ value }: { value: unknown }) => texts.number(secondOf(value)),
    },
    labelLayout: { moveOverlap: "shiftY" as const },
    z: 5,
  };
}

/** Spans in which nothing was collected, or something may be missing: hatched, and named. */
function gapSeries({ chart, colors, texts, pattern }: Frame, plot: number, sight: Window) {
  const pxPerMs = plot / Math.max(1, sight.to - sight.from);
  const areas = chart.gaps.flatMap(({ from, to, kind }) => {
    const start = Math.max(from, chart.window.from);
    const end = Math.min(to, chart.window.to);
    if (end <= start) return [];
    const text = texts.gaps[kind];
    const shown = (Math.min(end, sight.to) - Math.max(start, sight.from)) * pxPerMs;
    const isRoom = shown > 14 + 7 * widthOf(text);
    return [[{ name: isRoom ? text : "", xAxis: start }, { xAxis: end }]] as [
      { name: string; xAxis: number },
      { xAxis: number },
    ][];
  });
  return {
    id: "gaps",
    type: "line" as const,
    data: [],
    silent: true,
    markArea: {
      silent: true,
      animation: false,
      data: areas,
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

/** Letters' widths, roughly: a Chinese character is as wide as two others. */
function widthOf(text: string): number {
  return [...text].reduce((width, letter) => width + (letter > "⺀" ? 2 : 1), 0);
}

function secondOf(value: unknown): number {
  const second: unknown = Array.isArray(value) ? value[1] : undefined;
  return typeof second === "number" ? second : Number.NaN;
}
