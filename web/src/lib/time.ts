/**
 * Instants as wall-clock times in a zone that the caller names. Instants are milliseconds since 1970.
 */
import { findBrowserZone, isUsableZone, systemZone } from "./platform/timeZone";

export const SECOND_MS = 1_000;
export const MINUTE_MS = 60_000;
export const HOUR_MS = 3_600_000;
export const DAY_MS = 86_400_000;

/** A wall clock's reading, as texts of fixed width. */
export interface Reading {
  readonly year: string;
  readonly month: string;
  readonly day: string;
  readonly hour: string;
  readonly minute: string;
  readonly second: string;
}

const clocks = new Map<string, Intl.DateTimeFormat>();

function clockOf(zone: string): Intl.DateTimeFormat {
  const known = clocks.get(zone);
  if (known) return known;
  const clock = new Intl.DateTimeFormat("en-CA", {
    timeZone: zone,
    hourCycle: "h23",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
  });
  clocks.set(zone, clock);
  return clock;
}

export function readingAt(t: number, zone: string): Reading {
  if (zone === systemZone()) return systemReading(new Date(t));
  const reading = { year: "", month: "", day: "", hour: "", minute: "", second: "" };
  for (const { type, value } of clockOf(zone).formatToParts(t)) {
    if (type in reading) reading[type as keyof Reading] = value;
  }
  return reading;
}

function systemReading(date: Date): Reading {
  const twoDigits = (value: number) => String(value).padStart(2, "0");
  return {
    year: String(date.getFullYear()),
    month: twoDigits(date.getMonth() + 1),
    day: twoDigits(date.getDate()),
    hour: twoDigits(date.getHours()),
    minute: twoDigits(date.getMinutes()),
    second: twoDigits(date.getSeconds()),
  };
}

/** `2025-08-25 13:39:44`, the form of the specification. */
export function formatInstant(t: number, zone: string): string {
  const { year, month, day, hour, minute, second } = readingAt(t, zone);
  return `${year}-${month}-${day} ${hour}:${minute}:${second}`;
}

export function formatDate(t: number, zone: string): string {
  return formatInstant(t, zone).slice(0, 10);
}

/** `13:39`. */
export function formatTime(t: number, zone: string): string {
  return formatInstant(t, zone).slice(11, 16);
}

/** The time on the zone's clock, read as if it were UTC: arithmetic on the wall clock. */
function wallOf(t: number, zone: string): number {
  const { year, month, day, hour, minute, second } = readingAt(t, zone);
  const wall = Date.UTC(+year, +month - 1, +day, +hour, +minute, +second);
  return wall + (((t % SECOND_MS) + SECOND_MS) % SECOND_MS);
}

/** Milliseconds that the zone's clock is ahead of UTC at an instant. */
export function offsetAt(t: number, zone: string): number {
  return wallOf(t, zone) - t;
}

/**
 * The instant when the zone's clock shows a wall time (given as if it were UTC). A time that
 * the clock skips is read with the offset from before the change; of two the first is taken.
 */
export function instantOfWall(wall: number, zone: string): number {
  const before = wall - offsetAt(wall - DAY_MS, zone);
  if (wallOf(before, zone) === wall) return before;
  const after = wall - offsetAt(wall + DAY_MS, zone);
  return wallOf(after, zone) === wall ? after : before;
}

/** The start of the unit (up to a day) that contains an instant, by the zone's clock. */
export function floorTo(t: number, unitMs: number, zone: string): number {
  const wall = wallOf(t, zone);
  if (unitMs < DAY_MS) return t - (((wall % unitMs) + unitMs) % unitMs);
  return instantOfWall(Math.floor(wall / DAY_MS) * DAY_MS, zone);
}

/** Return the same time of day some days later, or earlier; read as in `instantOfWall`. */
export function shiftDays(t: number, days: number, zone: string): number {
  return instantOfWall(wallOf(t, zone) + days * DAY_MS, zone);
}

/** Return the start of the day some days after the one that contains an instant. */
export function midnight(t: number, zone: string, days = 0): number {
  return floorTo(shiftDays(floorTo(t, DAY_MS, zone), days, zone), DAY_MS, zone);
}

/** `2025-08-25T13:39` as in a date field, by the zone's clock. */
export function toFieldText(t: number, zone: string): string {
  return formatInstant(t, zone).slice(0, 16).replace(" ", "T");
}

/** The instant of a date field's text by the zone's clock; null where it is no date. */
export function fromFieldText(text: string, zone: string): number | null {
  const wall = Date.parse(`${text}Z`);
  return Number.isNaN(wall) ? null : instantOfWall(wall, zone);
}

/** Return the zone of the settings; the browser's if that is `auto` or unknown to the browser. */
export function zoneOf(setting: string): string {
  return setting !== "auto" && isUsableZone(setting) ? setting : findBrowserZone().zone;
}

/** `UTC`, `GMT+8`: how far the zone's clock is from UTC at an instant. */
export function zoneShift(t: number, zone: string): string {
  const minutes = Math.round(offsetAt(t, zone) / MINUTE_MS);
  if (minutes === 0) return "UTC";
  const hours = Math.floor(Math.abs(minutes) / 60);
  const rest = Math.abs(minutes) % 60;
  return `UTC${minutes < 0 ? "−" : "+"}${hours}${rest ? `:${String(rest).padStart(2, "0")}` : ""}`;
}

export function parseInstant(text: string | null | undefined): number | null {
  if (!text) return null;
  const t = Date.parse(text);
  return Number.isNaN(t) ? null : t;
}
