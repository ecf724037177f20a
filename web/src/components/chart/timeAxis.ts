/** The time axis of a scene: its marks and their texts. */
import { DAY_MS, MINUTE_MS } from "@/lib/time";
import { xOf } from "./plot";
import type { Scene } from "./scene";
import { textWidth } from "./textWidth";
import { isMidnight, type Ticks, ticksOf } from "./ticks";

const LEAST_LABELS = 4;
const TICK_PX = 84;
const NARROW_TICK_PX = 42;
const SECOND_TICK_PX = 54;
/** The number of a day, and the space between two labels. */
const DAY_NUMBER_PX = 14;
const LABEL_SPACE_PX = 8;
const TEXT_SLACK_PX = 1;
/** The names of days are so much wider. */
const BOLD = 1.08;

/** The text of a mark. */
interface TimeLabel {
  readonly t: number;
  /** Its middle, in px. */
  readonly x: number;
  readonly text: string;
  /** Whether it names a day. */
  readonly isDay: boolean;
}

/** The texts below the marks; one that would touch its neighbour or the edge is left out. */
export function timeLabels(scene: Scene): readonly TimeLabel[] {
  const ticks = timeTicks(scene);
  let end = Number.NEGATIVE_INFINITY;
  return ticks.at.flatMap((t) => {
    const label = labelOf(scene, ticks, t);
    const half = halfOf(label);
    if (isCut(scene, label) || label.x - half < end) return [];
    end = label.x + half + LABEL_SPACE_PX / 2;
    return [label];
  });
}

/** The midnights among the marks of an axis of hours. */
export function midnightsOf(scene: Scene): readonly number[] {
  const { stepMs, at } = timeTicks(scene);
  return stepMs < DAY_MS ? at.filter((t) => isMidnight(t, scene.input.texts.zone)) : [];
}

interface AxisTicks extends Ticks {
  /** Whether each mark is below the bar of a day. */
  readonly isOfDays: boolean;
}

/** Days have a label under each bar, other axes have round times. */
export function timeTicks(scene: Scene): AxisTicks {
  const { intervals, plot, sight, input } = scene;
  if (intervals && intervals.ms >= DAY_MS) {
    const px = (intervals.ms / (sight.to - sight.from)) * plot.width;
    const every = Math.max(1, Math.ceil(dayLabelPx(scene) / px));
    const at = intervals.middles.filter((_, index) => index % every === 0);
    return { stepMs: every * DAY_MS, at, isOfDays: true };
  }
  const isOfSeconds = sight.to - sight.from < LEAST_LABELS * MINUTE_MS;
  const px = plot.isNarrow ? (isOfSeconds ? SECOND_TICK_PX : NARROW_TICK_PX) : TICK_PX;
  const most = Math.floor(plot.width / px);
  const ticks = ticksOf(sight, Math.max(LEAST_LABELS, most), input.texts.zone);
  const labelled = ticks.at.filter((t) => !isCut(scene, labelOf(scene, ticks, t))).length;
  const isEnough = labelled >= LEAST_LABELS;
  return { ...(isEnough ? ticks : ticksOf(sight, 2 * most, input.texts.zone)), isOfDays: false };
}

/** Where labels are rare, two months' names may be side by side; otherwise a name and a number. */
function dayLabelPx({ plot, sight, input }: Scene): number {
  const name = BOLD * textWidth(input.texts.day(sight.from));
  return (plot.isNarrow ? name : (name + DAY_NUMBER_PX) / 2) + LABEL_SPACE_PX;
}

function labelOf({ plot, sight, input }: Scene, { stepMs, at }: Ticks, t: number): TimeLabel {
  const { texts } = input;
  const x = xOf(plot, sight, t);
  if (stepMs >= DAY_MS) {
    const day = texts.dayOfMonth(t);
    const isDay = t === at[0] || Number(day) <= stepMs / DAY_MS;
    return { t, x, isDay, text: isDay ? texts.day(t) : day };
  }
  if (isMidnight(t, texts.zone)) return { t, x, isDay: true, text: texts.day(t) };
  return { t, x, isDay: false, text: stepMs < MINUTE_MS ? texts.second(t) : texts.time(t) };
}

function halfOf({ text, isDay }: TimeLabel): number {
  return ((isDay ? BOLD : 1) * textWidth(text)) / 2 + TEXT_SLACK_PX;
}

/** Whether the text does not fit on the chart. */
function isCut({ input }: Scene, label: TimeLabel): boolean {
  const half = halfOf(label);
  return label.x - half < 0 || label.x + half > input.size.width;
}
