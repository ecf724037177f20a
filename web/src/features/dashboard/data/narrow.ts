/** The dashboard's state within a zoom: figures and table follow the visible part of the range. */
import type { Span } from "@/lib/range";
import { HOUR_MS } from "@/lib/time";
import { countedSpan } from "./buckets";
import type { DashboardState } from "./useDashboard";

export function narrowed(state: DashboardState, zoom: Span | null, zone: string): DashboardState {
  if (!zoom) return state;
  const { usage, gaps, differences, past } = state;
  return {
    ...state,
    window: zoom,
    isZoomed: true,
    counted: countedSpan(usage?.bucket_s ?? null, zoom, zone),
    before: { from: 2 * zoom.from - zoom.to, to: zoom.from },
    past: { from: zoom.from, to: Math.max(zoom.from, Math.min(zoom.to, past.to)) },
    gaps: gaps.filter(({ from, to }) => from < zoom.to && to > zoom.from),
    differences: differences.filter(({ t }) => t < zoom.to && t + HOUR_MS > zoom.from),
  };
}
