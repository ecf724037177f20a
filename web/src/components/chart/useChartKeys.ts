/** The chart by keyboard: arrows walk from point to point, plus and minus zoom, Escape shows all. */
import { type KeyboardEvent, useState } from "react";
import type { Drawing } from "./Drawing";
import { neighbourOf, readAt } from "./reading";
import { readingText } from "./tooltip";
import type { Chart, ChartTexts, Window } from "./types";

const DIRECTIONS = new Map([
  ["ArrowRight", 1],
  ["ArrowLeft", -1],
] as const);

const FACTORS = new Map([
  ["+", 0.5],
  ["=", 0.5],
  ["-", 2],
]);

export function useChartKeys(
  drawing: Drawing | null,
  chart: Chart,
  sight: Window,
  texts: Omit<ChartTexts, "font">,
) {
  const [pointed, setPointed] = useState<number | null>(null);
  const point = (t: number | null) => {
    setPointed(t);
    drawing?.point(t);
  };
  const walk = (direction: 1 | -1) => {
    const { from, to } = sight;
    const isInSight = pointed !== null && pointed >= from && pointed <= to;
    const start = isInSight ? pointed : direction > 0 ? from - 1 : to + 1;
    const next = neighbourOf(chart, sight, start, direction);
    if (next !== null) point(next);
  };
  /** Whether the key is one of the chart's. */
  const act = (key: string): boolean => {
    const factor = FACTORS.get(key);
    if (key === "ArrowRight" || key === "ArrowLeft") walk(DIRECTIONS.get(key) ?? 1);
    else if (factor !== undefined) drawing?.zoomBy(factor);
    else if (key === "Escape") {
      point(null);
      drawing?.zoomTo(null);
    } else return false;
    return true;
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (act(event.key)) event.preventDefault();
  };
  const said = pointed === null ? "" : readingText(readAt(chart, pointed), { ...texts, font: "" });
  return { onKeyDown, onBlur: () => point(null), said };
}
