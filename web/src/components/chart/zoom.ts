/** What of the window is in sight; null stands for all of it. */
import type { Window } from "./types";

/** Nearer than this nothing more is to be seen. */
const LEAST_MS = 10_000;

/** Zooms around an instant; `factor` under 1 goes nearer. */
export function zoomed(
  sight: Window,
  window: Window,
  factor: number,
  around: number,
): Window | null {
  const length = sight.to - sight.from;
  const next = Math.max(Math.min(LEAST_MS, window.to - window.from), length * factor);
  const share = (around - sight.from) / length;
  const from = around - next * share;
  return within({ from, to: from + next }, window);
}

export function panned(sight: Window, window: Window, ms: number): Window | null {
  const shift = Math.min(Math.max(ms, window.from - sight.from), window.to - sight.to);
  return within({ from: sight.from + shift, to: sight.to + shift }, window);
}

/** A zoom that lies in the window; null where nothing is left out. */
export function within({ from, to }: Window, window: Window): Window | null {
  const zoom = { from: Math.max(from, window.from), to: Math.min(to, window.to) };
  const isAll = zoom.from <= window.from && zoom.to >= window.to;
  return isAll || zoom.to <= zoom.from ? null : zoom;
}
