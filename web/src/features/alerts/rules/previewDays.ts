/** The days of a preview: the spend of each, and whether an alert would have lasted on it. */
import type { Preview } from "@/api/alerts";
import type { Usage } from "@/api/types";
import { parseInstant } from "@/lib/time";

export interface PreviewDay {
  readonly date: string;
  readonly credits: number;
  readonly isHit: boolean;
}

/** Return the days of the steps by the dates of a zone (`2025-08-25`), oldest first. */
export function daysOf(
  preview: Preview,
  usage: Usage | undefined,
  dateOf: (t: number) => string,
  steps: readonly number[],
): readonly PreviewDay[] {
  const credits = new Map<string, number>();
  for (const { t, v } of usage?.series ?? []) {
    t.forEach((at, index) => {
      const date = dateOf(at);
      credits.set(date, (credits.get(date) ?? 0) + (v[index] ?? 0));
    });
  }
  const hits = preview.episodes.map(({ from, until }) => [
    dateOf(parseInstant(from) ?? 0),
    until === null ? "9" : dateOf(parseInstant(until) ?? 0),
  ]);
  const dates = [...new Set(steps.map(dateOf))];
  return dates.map((date) => ({
    date,
    credits: credits.get(date) ?? 0,
    isHit: hits.some(([first = "", last = ""]) => first <= date && date <= last),
  }));
}

/** One instant of each day of a range. */
export function dailySteps(from: number, to: number, dayMs: number): readonly number[] {
  const count = Math.ceil((to - from) / dayMs);
  const inner = Array.from({ length: count }, (_, day) => from + day * dayMs);
  return [...inner, to];
}
