/**
 * The part of the page's state that is in its address, so that a link or a reload shows the same:
 * range, zoom, view, panel, records filter, section of the settings and open dialog. Unknown parameters are kept.
 */
import { type Filter, readFilter, writeFilter } from "./filter";
import { type Period, periodNamed } from "./period";
import { MAX_HOURS, type NamedRange, rangeOfHours, type Span } from "./range";
import type { Group } from "./seriesNames";

/** Days are bars instead of the curve. */
export const VIEWS = ["days", "requests", "interval", "total"] as const;
export type View = (typeof VIEWS)[number];
export const PANELS = ["models", "records"] as const;
type Panel = (typeof PANELS)[number];
const DIALOGS = ["quarantine", "cookie", "keys", "reset"] as const;
type DialogName = (typeof DIALOGS)[number];

export interface Address {
  /** Null: the range of the settings. */
  readonly range: NamedRange | null;
  /** The visible part of the range; null: all of it. */
  readonly zoom: Span | null;
  /** Null: the view that fits the range. */
  readonly view: View | null;
  /** The group of a line of the curve and of a row of the table. */
  readonly by: Group;
  readonly panel: Panel;
  readonly filter: Filter;
  /** The id of the alert episode that is opened; null: none. */
  readonly episode: string | null;
  /** The id of the alert rule whose preview is drawn on the curve; null: none. */
  readonly preview: string | null;
  /** The section of the settings page; null: the settings are not shown. */
  readonly settings: string | null;
  readonly dialog: DialogName | null;
}

export function parseAddress(search: string): Address {
  const query = new URLSearchParams(search);
  return {
    range: parseRange(query),
    zoom: parseZoom(query.get("zoom")),
    view: oneOf(VIEWS, query.get("view")),
    by: ["key", "api_key"].includes(query.get("by") ?? "") ? "api_key" : "model",
    panel: oneOf(PANELS, query.get("panel")) ?? "models",
    filter: readFilter(query),
    episode: query.get("episode"),
    preview: query.get("preview"),
    settings: query.get("settings"),
    dialog: oneOf(DIALOGS, query.get("dialog")),
  };
}

/** The query after a change; defaults are left out. Another range resets the zoom. */
export function changedSearch(search: string, change: Partial<Address>): string {
  const query = new URLSearchParams(search);
  if (change.range !== undefined) writeRange(query, change.range);
  if (change.zoom !== undefined) write(query, "zoom", zoomText(change.zoom), null);
  if (change.view !== undefined) write(query, "view", change.view, null);
  if (change.by) write(query, "by", change.by === "api_key" ? "key" : null, null);
  if (change.panel) write(query, "panel", change.panel, "models");
  if (change.filter) writeFilter(query, change.filter);
  if (change.episode !== undefined) write(query, "episode", change.episode, null);
  if (change.preview !== undefined) write(query, "preview", change.preview, null);
  if (change.settings !== undefined) write(query, "settings", change.settings, null);
  if (change.dialog !== undefined) write(query, "dialog", change.dialog, null);
  const text = query.toString().replaceAll("%3A", ":").replaceAll("%2F", "/");
  return text ? `?${text}` : "";
}

function write(query: URLSearchParams, name: string, value: string | null, usual: string | null) {
  if (value === null || value === usual) query.delete(name);
  else query.set(name, value);
}

function parseRange(query: URLSearchParams): NamedRange | null {
  const text = query.get("range") ?? "";
  const period = periodNamed(text);
  if (period !== null) return { kind: "days", period };
  const [, count, unit] = /^(\d{1,4})([hd])$/.exec(text) ?? [];
  const hours = Number(count) * (unit === "d" ? 24 : 1);
  if (hours >= 1 && hours <= MAX_HOURS) return rangeOfHours(hours);
  const from = parseMoment(query.get("from"));
  const to = parseMoment(query.get("to"));
  return from < to ? { kind: "span", from, to } : null;
}

/** An instant in ISO 8601, or in milliseconds since 1970 as in the links of messages. */
function parseMoment(text: string | null): number {
  return /^\d{12,14}$/.test(text ?? "") ? Number(text) : Date.parse(text ?? "");
}

function parseZoom(text: string | null): Span | null {
  const [from = Number.NaN, to = Number.NaN] = (text ?? "").split("/").map(Date.parse);
  return from < to ? { from, to } : null;
}

/** An interval as in ISO 8601: `2025-08-25T13:00:00.000Z/2025-08-25T13:10:00.000Z`. */
function zoomText(zoom: Span | null): string | null {
  return zoom && [zoom.from, zoom.to].map((t) => new Date(t).toISOString()).join("/");
}

function writeRange(query: URLSearchParams, range: NamedRange | null): void {
  for (const name of ["range", "from", "to", "zoom"]) query.delete(name);
  if (range?.kind === "last") query.set("range", lengthText(range.hours));
  if (range?.kind === "days") query.set("range", periodText(range.period));
  if (range?.kind === "span") {
    query.set("from", new Date(range.from).toISOString());
    query.set("to", new Date(range.to).toISOString());
  }
}

/** `today`, `7d`. */
function periodText(period: Period): string {
  return typeof period === "number" ? `${period}d` : period;
}

/** `6h`, `24h`, `2d`. */
function lengthText(hours: number): string {
  return hours > 24 && hours % 24 === 0 ? `${hours / 24}d` : `${hours}h`;
}

function oneOf<Name extends string>(names: readonly Name[], given: string | null): Name | null {
  return names.find((name) => name === given) ?? null;
}
