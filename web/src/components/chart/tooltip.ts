/**
 * The crosshair's note. It is built of nodes, never of markup: a model may be named anything.
 */
import type { ChartReading, ReadingRow } from "./reading";
import type { ChartTexts } from "./types";

const MAX_ROWS = 12;

export function tooltipOf(reading: ChartReading, texts: ChartTexts): HTMLElement {
  const box = node(
    "div",
    "min-w-48 max-w-80 rounded-lg border border-line bg-raised p-2.5 shadow-pop text-xs text-ink font-sans",
  );
  box.append(node("div", "mb-1.5 font-medium figure-nums", timeText(reading, texts)));
  if (reading.gap) box.append(node("div", "mb-1.5 text-muted", texts.gaps[reading.gap]));
  const rows = node("div", "flex flex-col gap-1");
  for (const row of sorted(reading.rows).slice(0, MAX_ROWS)) rows.append(rowNode(row, texts));
  if (reading.rows.length > MAX_ROWS) rows.append(node("div", "text-faint", "…"));
  box.append(rows);
  if (reading.total !== null) box.append(totalNode(reading.total, texts));
  return box;
}

/** The same in one line, for a screen reader. */
export function readingText(reading: ChartReading, texts: ChartTexts): string {
  const rows = sorted(reading.rows)
    .filter((row) => row.value !== null && row.since === null)
    .map((row) => `${row.key} ${texts.number(row.value ?? 0)}`);
  const total = reading.total === null ? [] : [`${texts.total} ${texts.number(reading.total)}`];
  return [timeText(reading, texts), ...rows, ...total].join(", ");
}

function timeText({ t, until }: ChartReading, texts: ChartTexts): string {
  if (until === null) return texts.instant(t);
  const [start, end] = [texts.instant(t), texts.instant(until)];
  return `${start} – ${end.slice(0, 10) === start.slice(0, 10) ? end.slice(11) : end}`;
}

/** What was made at this very instant first, then the latest. */
function sorted(rows: readonly ReadingRow[]): readonly ReadingRow[] {
  const rank = (row: ReadingRow) =>
    row.value === null ? -1 : (row.since ?? Number.POSITIVE_INFINITY);
  return rows.toSorted((one, other) => {
    const [left, right] = [rank(one), rank(other)];
    return left === right ? (other.value ?? 0) - (one.value ?? 0) : right > left ? 1 : -1;
  });
}

function rowNode(row: ReadingRow, texts: ChartTexts): HTMLElement {
  const isNow = row.value !== null && row.since === null;
  const line = node("div", `flex items-baseline gap-2 ${isNow ? "" : "text-faint"}`);
  const dot = node("span", "size-2 shrink-0 self-center rounded-full");
  dot.style.background = row.color;
  line.append(dot, node("span", "min-w-0 flex-1 truncate", row.key));
  if (row.since !== null) line.append(node("span", "figure-nums", texts.since(row.since)));
  const value = row.value === null ? texts.none : texts.number(row.value);
  line.append(node("span", "pl-2 font-medium figure-nums", value));
  return line;
}

function totalNode(total: number, texts: ChartTexts): HTMLElement {
  const line = node("div", "mt-1.5 flex gap-2 border-t border-line pt-1.5 font-medium");
  line.append(
    node("span", "flex-1", texts.total),
    node("span", "figure-nums", texts.number(total)),
  );
  return line;
}

function node(tag: "div" | "span", classes: string, text = ""): HTMLElement {
  const element = document.createElement(tag);
  element.className = classes;
  element.textContent = text;
  return element;
}
