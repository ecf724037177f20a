/**
 * The chart's options, as pure functions of what is drawn.
 *
 * `baseOption` is set once for a theme and language; `frameOption` whenever the data, the window or
 * the zoom has changed. A frame names every line, but carries the points of changed ones alone, so
 * that ECharts merges it into what stands instead of building anew.
 */

import { lowerBound } from "@/lib/columns";
import { differenceSeries } from "./differences";
import { type ECOption, seriesData } from "./echarts";
import { pointsOf } from "./points";
import { highestIn, scaleFor } from "./scale";
import { inSight, WHOLE_TO } from "./thin";
import { ticksOf, tickText } from "./ticks";
import type { Chart, ChartColors, ChartTexts, Line, Window } from "./types";

const MOTION_MS = 160;
/** More points than this are not animated: motion would cost more than it tells. */
const ANIMATED_TO = 200;
const SYMBOLS_PER_PX = 1 / 9;
const LABELS_PER_PX = 1 / 42;
const PX_PER_TICK = 84;
/** With more points than this a line is drawn fine: its strokes would run into one another. */
const DENSE_PER_PX = 0.6;

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
    animationDurationUpdate: MOTION_MS,
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
      // It goes at once: while a plot shrinks, a note that lingers stands outside it.
      hideDelay: 0,
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

function countPoints(lines: readonly Line[]): number {
  return lines.reduce((count, line) => count + line.t.length, 0);
}

function countInSight(lines: readonly Line[], { from, to }: Window): number {
  return lines.reduce((count, { t }) => count + lowerBound(t, to + 1) - lowerBound(t, from), 0);
}

/** Whether some line has more points than strokes of the usual width can tell apart. */
function isCrowded(lines: readonly Line[], sight: Window, plot: number): boolean {
  return lines.some((line) => countInSight([line], sight) > plot * DENSE_PER_PX);
}

/** Whether a line's points have to be given again: `before` is the frame that stands. */
function isRedrawn(line: Line, frame: Frame, before: Frame | null): boolean {
  const old = before?.chart.lines.find(({ key }) => key === line.key);
  if (!before || old?.t !== line.t || old.v !== line.v) return true;
  if (before.chart.gaps !== frame.chart.gaps) return true;
  const isWhole = line.t.length <= WHOLE_TO;
  return !isWhole && (!isSame(sightOf(before), sightOf(frame)) || before.width !== frame.width);
}

function isSame(one: Window, other: Window): boolean {
  return one.from === other.from && one.to === other.to;
}

/** New points slide in; what the hand moves follows it at once. */
function isAnimated(frame: Frame, before: Frame | null): boolean {
  if (!before || before.zoom !== frame.zoom || before.chart.view !== frame.chart.view) return false;
  if (countPoints(frame.chart.lines) > ANIMATED_TO) return false;
  return frame.chart.lines.some((line) => isRedrawn(line, frame, before));
}

/** The axes alone, without what is drawn on them. */
export function groundOption(frame: Frame): ECOption {
  const { chart, texts } = frame;
  const sight = sightOf(frame);
  const { grid, plot } = placeOf(frame);
  const ticks = ticksOf(sight, Math.max(2, Math.floor(plot / PX_PER_TICK)), texts.zone);
  const scale = scaleFor(highestIn(chart.lines, sight));
  return {
    grid,
    xAxis: {
      min: sight.from,
      max: sight.to,
      axisTick: { customValues: [...ticks.at] },
      axisLabel: {
        customValues: [...ticks.at],
        formatter: (t: number) => tickText(t, ticks.stepMs, texts.zone),
      },
    },
    yAxis: { max: scale.max, interval: scale.step },
  };
}

export function frameOption(frame: Frame, before: Frame | null): ECOption {
  const { chart } = frame;
  const { plot, ends } = placeOf(frame);
  return {
    ...groundOption(frame),
    animationDurationUpdate: isAnimated(frame, before) ? MOTION_MS : 0,
    series: [
      gapSeries(frame, plot, sightOf(frame)),
      ...chart.lines.map((line) => lineSeries(line, frame, before, plot)),
      differenceSeries(frame, plot, sightOf(frame)),
      endSeries(frame, ends),
    ],
  };
}

/** Where the plot stands in the frame, and the lines' ends in it. */
function placeOf(frame: Frame) {
  const ends = endsOf(frame.chart, sightOf(frame));
  const grid = gridFor(frame.width, ends, frame.texts);
  return { ends, grid, plot: Math.max(1, frame.width - grid.left - grid.right) };
}

function lineSeries(line: Line, frame: Frame, before: Frame | null, plot: number) {
  const { chart, texts, colors } = frame;
  const sight = sightOf(frame);
  const count = countInSight(chart.lines, sight);
  const isDense = isCrowded(chart.lines, sight, plot);
  return {
    id: `line ${line.key}`,
    name: line.key,
    type: "line" as const,
    ...(isRedrawn(line, frame, before)
      ? { data: seriesData(pointsOf(inSight(line, sight, plot), chart.gaps)) }
      : {}),
    dimensions: ["t", "v"],
    smooth: false,
    connectNulls: false,
    showSymbol: count <= plot * SYMBOLS_PER_PX,
    symbol: "circle",
    symbolSize: 6,
    lineStyle: {
      color: line.color,
      type: line.dash,
      width: isDense ? 1 : 2,
      cap: isDense ? ("butt" as const) : ("round" as const),
      join: isDense ? ("bevel" as const) : ("round" as const),
    },
    itemStyle: { color: line.color },
    // A crowded line is not made wider: strokes of one pixel are drawn many times faster.
    emphasis: { focus: "series" as const, lineStyle: { width: isDense ? 1 : 2.5 } },
    blur: { lineStyle: { opacity: 0.18 }, itemStyle: { opacity: 0.18 } },
    label: {
      show: chart.view !== "total" && count <= plot * LABELS_PER_PX,
      position: "top" as const,
      distance: 6,
      fontSize: 11,
      fontWeight: 500 as const,
      color: colors.ink,
      textBorderColor: colors.surface,
      textBorderWidth: 3,
      // The last point's value stands at the line's end already.
      formatter: ({ value }: { value: unknown }) =>
        partOf(value, 0) === line.t.at(-1) ? "" : texts.compact(partOf(value, 1)),
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

/** The last point of each line, where it is in sight: a line that goes on beyond has no end here. */
function endsOf({ lines }: Chart, sight: Window): readonly End[] {
  return lines.flatMap((line) => {
    const t = line.t.at(-1);
    const v = line.v.at(-1);
    const isInSight = t !== undefined && t >= sight.from && t <= sight.to;
    return isInSight && v !== undefined ? [{ line, t, v }] : [];
  });
}

/** Room beside the plot for the axis' values, and for the values at the lines' ends. */
function gridFor(width: number, ends: readonly End[], texts: ChartTexts) {
  const longest = Math.max(2, ...ends.map(({ v }) => texts.number(v).length));
  const right = Math.round(20 + longest * PX_PER_LETTER);
  const left = width < NARROW_PX ? 42 : 56;
  // The room is given here: measuring every label to find it anew would double each frame.
  return { top: 26, right, bottom: 30, left, outerBoundsMode: "none" as const };
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
      formatter: ({ value }: { value: unknown }) => texts.number(partOf(value, 1)),
    },
    labelLayout: { moveOverlap: "shiftY" as const },
    z: 5,
  };
}

/** Spans in which nothing was collected, or something may be missing: hatched, and named. */
function gapSeries({ chart, colors, texts, pattern }: Frame, plot: number, sight: Window) {
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

/** Time (0) or value (1) of a point, as ECharts hands it back. */
function partOf(value: unknown, place: 0 | 1): number {
  const part: unknown = Array.isArray(value) ? value[place] : undefined;
  return typeof part === "number" ? part : Number.NaN;
}
