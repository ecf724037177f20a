/** Arithmetic of the visible span; null is the whole window. */
import type { Window } from "./types";

/** The shortest span that can be zoomed into. */
export const LEAST_MS = 30_000;

/** Zoom around an instant; a `factor` under 1 zooms in. */
export function zoomed(
  sight: Window,
  window: Window,
  factor: number,
  around: number,
): Window | null {
  const from = around - (around - sight.from) * factor;
  return zoomOf({ from, to: from + (sight.to - sight.from) * factor }, window);
}

/** A zoom of at least `LEAST_MS` within the window; null where it leaves nothing out. */
export function zoomOf(span: Window, window: Window): Window | null {
  const all = window.to - window.from;
  const length = Math.min(all, Math.max(Math.min(LEAST_MS, all), span.to - span.from));
  if (length >= all - 1) return null;
  const middle = (span.from + span.to) / 2;
  const from = Math.min(Math.max(middle - length / 2, window.from), window.to - length);
  return { from: Math.round(from), to: Math.round(from + length) };
}

/** A zoom after the window has moved; null where nothing of it is left. */
export function keptZoom(zoom: Window | null, window: Window): Window | null {
  if (!zoom || zoom.to <= window.from || zoom.from >= window.to) return null;
  const kept = { from: Math.max(zoom.from, window.from), to: Math.min(zoom.to, window.to) };
  return zoomOf(kept, window);
}
