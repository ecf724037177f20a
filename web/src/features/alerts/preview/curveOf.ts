/** The part of the curve that shows all episodes of a preview. */
import type { Preview } from "@/api/alerts";
import type { Span } from "@/lib/range";
import { HOUR_MS, parseInstant } from "@/lib/time";

/** Null where nothing would have fired. */
export function curveOf({ episodes, to: end }: Preview): Span | null {
  const spans = spansOf(episodes, parseInstant(end) ?? 0);
  const from = spans[0]?.from;
  if (from === undefined) return null;
  const now = parseInstant(end) ?? 0;
  const to = Math.max(...spans.map((span) => span.to));
  const margin = Math.max(HOUR_MS, (to - from) / 20);
  return { from: Math.round(from - margin), to: Math.round(Math.min(now, to + margin)) };
}

/** An episode that is not over lasts until the end of the preview. */
export function spansOf(episodes: Preview["episodes"], end: number) {
  return episodes.map((episode) => {
    const from = parseInstant(episode.from) ?? 0;
    return { episode, from, to: Math.max(from + 1, parseInstant(episode.until) ?? end) };
  });
}
