/**
 * What the page's address holds, so that a link or a reload shows the same: the range, the view,
 * the panel below the curve, the records' filter and the dialog that is open. Parameters that are not of these stay.
 */
import { type Filter, readFilter, writeFilter } from "./filter";
import { MAX_HOURS, type Range } from "./range";

export const VIEWS = ["requests", "interval", "total"] as const;
export type View = (typeof VIEWS)[number];
export const PANELS = ["models", "records"] as const;
type Panel = (typeof PANELS)[number];
const DIALOGS = ["settings", "quarantine", "cookie"] as const;
type DialogName = (typeof DIALOGS)[number];

export interface Address {
  /** Null: the range of the settings. */
  readonly range: Range | null;
  readonly view: View;
  readonly panel: Panel;
  readonly filter: Filter;
  readonly dialog: DialogName | null;
}

export function parseAddress(search: string): Address {
  const query = new URLSearchParams(search);
  return {
    range: parseRange(query),
    view: oneOf(VIEWS, query.get("view")) ?? "requests",
    panel: oneOf(PANELS, query.get("panel")) ?? "models",
    filter: readFilter(query),
    dialog: oneOf(DIALOGS, query.get("dialog")),
  };
}

/** The query that holds a change; what is by default is left out. */
export function changedSearch(search: string, change: Partial<Address>): string {
  const query = new URLSearchParams(search);
  if (change.range !== undefined) writeRange(query, change.range);
  if (change.view) write(query, "view", change.view, "requests");
  if (change.panel) write(query, "panel", change.panel, "models");
  if (change.filter) writeFilter(query, change.filter);
  if (change.dialog !== undefined) write(query, "dialog", change.dialog, null);
  const text = query.toString().replaceAll("%3A", ":");
  return text ? `?${text}` : "";
}

function write(query: URLSearchParams, name: string, value: string | null, usual: string | null) {
  if (value === null || value === usual) query.delete(name);
  else query.set(name, value);
}

function parseRange(query: URLSearchParams): Range | null {
  const [, count, unit] = /^(\d{1,4})([hd])$/.exec(query.get("range") ?? "") ?? [];
  const hours = Number(count) * (unit === "d" ? 24 : 1);
  if (hours >= 1 && hours <= MAX_HOURS) return { kind: "last", hours };
  const from = Date.parse(query.get("from") ?? "");
  const to = Date.parse(query.get("to") ?? "");
  return from < to ? { kind: "span", from, to } : null;
}

function writeRange(query: URLSearchParams, range: Range | null): void {
  for (const name of ["range", "from", "to"]) query.delete(name);
  if (range?.kind === "last") query.set("range", lengthText(range.hours));
  if (range?.kind === "span") {
    query.set("from", new Date(range.from).toISOString());
    query.set("to", new Date(range.to).toISOString());
  }
}

/** `6h`, `24h`, `3d`. */
function lengthText(hours: number): string {
  return hours > 24 && hours % 24 === 0 ? `${hours / 24}d` : `${hours}h`;
}

function oneOf<Name extends string>(names: readonly Name[], given: string | null): Name | null {
  return names.find((name) => name === given) ?? null;
}
