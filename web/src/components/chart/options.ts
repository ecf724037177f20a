/**
 * The chart's options, as pure functions of what is drawn.
 *
 * `baseOption` is set once for a theme and language; `frameOption` whenever the data, the window or
 * the zoom has changed. A frame names every line, but carries the points of changed ones alone, so
 * that ECharts merges it into what stands instead of building anew.
 */

import { differenceSeries } from "./differences";
import type { ECOption } from "./echarts";
import { type End, endSeries, endsOf } from "./ends";
import { type Frame, sightOf } from "./frame";
import { gapSeries } from "./gaps";
import { isRedrawn, lineSeries } from "./lines";
import { highestIn, scaleFor } from "./scale";
import { ticksOf, tickText } from "./ticks";
import type { ChartColors, ChartTexts, Line } from "./types";

const MOTION_MS = 160;
/** More points than this are not animated: motion would cost more than it tells. */
const ANIMATED_TO = 200;
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

function countPoints(lines: readonly Line[]): number {
  return lines.reduce((count, line) => count + line.t.length, 0);
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

/** Room beside the plot for the axis' values, and for the values at the lines' ends. */
function gridFor(width: number, ends: readonly End[], texts: ChartTexts) {
  const longest = Math.max(2, ...ends.map(({ v }) => texts.number(v).length));
  const right = Math.round(20 + longest * PX_PER_LETTER);
  const left = width < NARROW_PX ? 42 : 56;
  // The room is given here: measuring every label to find it anew would double each frame.
  return { top: 26, right, bottom: 30, left, outerBoundsMode: "none" as const };
}
