/** The time axis of a scene: its marks and their texts. */
import { DAY_MS } from "@/lib/time";
import { xOf } from "./plot";
import type { Scene } from "./scene";
import { textWidth } from "./textWidth";
import { isMidnight, type Ticks, ticksOf } from "./ticks";

const LEAST_LABELS = 4;
const TICK_PX = 84;
const NARROW_TICK_PX = 42;
const FONT_PX = 11.5;
/** The number of a day, and the space that ECharts wants between two labels. */
const DAY_NUMBER_PX = 14;
const LABEL_SPACE_PX = 8;
const TEXT_SLACK_PX = 1;
/** The names of days are so much wider. */
const BOLD = 1.08;

export function timeAxis(scene: Scene) {
  const { input, sight } = scene;
  const { colors } = input;
  const ticks = timeTicks(scene);
  return {
    type: "time",
    min: sight.from,
    max: sight.to,
    axisLine: { lineStyle: { color: colors.axis } },
    axisTick: {
      show: !hasDays(scene),
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
      formatter: (t: number) => (isCut(scene, ticks, t) ? "" : tickText(scene, ticks, t)),
      rich: { day: { color: colors.ink, fontWeight: 600, fontSize: FONT_PX } },
    },
  };
}

/** The midnights among the marks of an axis of hours. */
export function midnightsOf(scene: Scene): readonly number[] {
  const { stepMs, at } = timeTicks(scene);
  return stepMs < DAY_MS ? at.filter((t) => isMidnight(t, scene.input.texts.zone)) : [];
}

/** Days have a label under each bar, other axes have round times. */
function timeTicks(scene: Scene): Ticks {
  const { intervals, plot, sight, input } = scene;
  if (intervals && hasDays(scene)) {
    const px = (intervals.ms / (sight.to - sight.from)) * plot.width;
    const every = Math.max(1, Math.ceil(dayLabelPx(scene) / px));
    const at = intervals.middles.filter((_, index) => index % every === 0);
    return { stepMs: every * DAY_MS, at };
  }
  const most = Math.floor(plot.width / (plot.isNarrow ? NARROW_TICK_PX : TICK_PX));
  const ticks = ticksOf(sight, Math.max(LEAST_LABELS, most), input.texts.zone);
  const labelled = ticks.at.filter((t) => !isCut(scene, ticks, t)).length;
  return labelled < LEAST_LABELS ? ticksOf(sight, 2 * most, input.texts.zone) : ticks;
}

/** Where labels are rare, two months' names may be side by side; otherwise a name and a number. */
function dayLabelPx({ plot, sight, input }: Scene): number {
  const name = BOLD * textWidth(input.texts.day(sight.from));
  return (plot.isNarrow ? name : (name + DAY_NUMBER_PX) / 2) + LABEL_SPACE_PX;
}

function hasDays({ intervals }: Scene): boolean {
  return intervals !== null && intervals.ms >= DAY_MS;
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

/** Whether the text of a mark does not fit on the canvas. */
function isCut(scene: Scene, ticks: Ticks, t: number): boolean {
  const { plot, sight, input } = scene;
  const text = tickText(scene, ticks, t).replace(/^\{day\||\}$/g, "");
  const half = textWidth(text) / 2 + TEXT_SLACK_PX;
  const x = xOf(plot, sight, t);
  return x - half < 0 || x + half > input.size.width;
}
