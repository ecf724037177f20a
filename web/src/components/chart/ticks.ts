/** Marks of the time axis, at round times of the zone's clock. */
import {
  DAY_MS,
  floorTo,
  HOUR_MS,
  instantOfWall,
  MINUTE_MS,
  offsetAt,
  readingAt,
  SECOND_MS,
} from "@/lib/time";
import type { Window } from "./types";

const STEPS_MS = [
  SECOND_MS,
  2 * SECOND_MS,
  5 * SECOND_MS,
  10 * SECOND_MS,
  15 * SECOND_MS,
  30 * SECOND_MS,
  MINUTE_MS,
  2 * MINUTE_MS,
  5 * MINUTE_MS,
  10 * MINUTE_MS,
  15 * MINUTE_MS,
  30 * MINUTE_MS,
  HOUR_MS,
  2 * HOUR_MS,
  3 * HOUR_MS,
  4 * HOUR_MS,
  6 * HOUR_MS,
  12 * HOUR_MS,
  DAY_MS,
  2 * DAY_MS,
  5 * DAY_MS,
  10 * DAY_MS,
  30 * DAY_MS,
  90 * DAY_MS,
] as const;

export interface Ticks {
  readonly stepMs: number;
  readonly at: readonly number[];
}

/** At most `most` marks, at the finest step that allows it. */
export function ticksOf({ from, to }: Window, most: number, zone: string): Ticks {
  const room = (to - from) / Math.max(1, most);
  const stepMs = STEPS_MS.find((step) => step >= room) ?? STEPS_MS[STEPS_MS.length - 1] ?? DAY_MS;
  const at: number[] = [];
  // Steps are taken on the wall clock: a mark keeps its hour when the clock is changed.
  const firstWall = floorTo(from, Math.min(stepMs, DAY_MS), zone) + offsetAt(from, zone);
  const start = Math.floor(firstWall / stepMs) * stepMs;
  for (let wall = start; at.length < 200; wall += stepMs) {
    const t = stepMs < HOUR_MS ? wall - offsetAt(from, zone) : instantOfWall(wall, zone);
    if (t > to) break;
    if (t >= from) at.push(t);
  }
  return { stepMs, at };
}

/** Whether a mark is at midnight of the zone's clock. */
export function isMidnight(t: number, zone: string): boolean {
  const { hour, minute, second } = readingAt(t, zone);
  return hour === "00" && minute === "00" && second === "00";
}
