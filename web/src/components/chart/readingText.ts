/** A reading in words: the heading of the tooltip, and one line for screen readers. */
import { DAY_MS, HOUR_MS } from "@/lib/time";
import { type Reading, rankedRows } from "./reading";
import type { Scene } from "./scene";
import type { ChartTexts, UsualRange, Window } from "./types";

/** From this length on the day is part of the heading. */
const DAY_FROM_MS = 12 * HOUR_MS;

export function headingOf(scene: Scene, reading: Reading): string {
  const { texts } = scene.input;
  const text = scene.intervals
    ? intervalHeading(texts, reading, scene.sight)
    : instantHeading(texts, reading, scene.sight);
  if (!reading.isPartial) return text;
  const isNow = reading.to > scene.input.chart.window.to;
  return `${text} · ${isNow ? texts.soFar : texts.isPartOfInterval}`;
}

function withDay(texts: ChartTexts, t: number, sight: Window, text: string): string {
  return sight.to - sight.from > DAY_FROM_MS ? `${texts.day(t)} ${text}` : text;
}

function intervalHeading(texts: ChartTexts, { from, to }: Reading, sight: Window): string {
  if (to - from >= DAY_MS - HOUR_MS) return texts.day(from);
  const write = to - from < 60_000 ? texts.second : texts.time;
  return withDay(texts, from, sight, `${write(from)} – ${write(to)}`);
}

function instantHeading(texts: ChartTexts, { from, to }: Reading, sight: Window): string {
  const [start, end] = [texts.second(from), texts.second(to)];
  return withDay(texts, from, sight, start === end ? start : `${start} – ${end}`);
}

/** With the date: a listener does not see the axis. */
function spokenTime({ input, intervals }: Scene, { from, to }: Reading): string {
  const { texts } = input;
  return intervals ? `${texts.instant(from)} – ${texts.second(to)}` : texts.instant(from);
}

export function readingText(scene: Scene, reading: Reading): string {
  const { texts } = scene.input;
  const rows = rankedRows(reading)
    .filter(({ value }) => (value ?? 0) > 0)
    .map(({ series, value }) => `${series.name} ${texts.number(value ?? 0)}`);
  const gap = reading.gap ? [texts.gaps[reading.gap]] : [];
  const total = `${texts.total} ${texts.number(reading.total)}`;
  const { previous, usual } = reading;
  const compared = [
    ...(previous === null ? [] : [`${texts.previous} ${texts.number(previous)}`]),
    ...(usual ? [`${texts.usual} ${rangeText(usual, texts)}`] : []),
  ];
  return [spokenTime(scene, reading), ...gap, ...rows, total, ...compared].join(", ");
}

export function rangeText({ low, high }: UsualRange, texts: ChartTexts): string {
  return `${texts.number(Math.round(low))}–${texts.number(Math.round(high))}`;
}
