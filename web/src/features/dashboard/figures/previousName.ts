import type { Format, Messages } from "@/i18n";
import { DAY_MS } from "@/lib/time";
import type { DashboardState } from "../data/useDashboard";

type Texts = Messages["dashboard"]["figures"];

/** "previous 3 h", or the day before by its name. */
export function previousName(state: DashboardState, { previous }: Texts, format: Format): string {
  const { range, window, isZoomed } = state;
  if (isZoomed || range.kind !== "days") {
    return previous.length(format.length(window.to - window.from));
  }
  const { period } = range;
  if (typeof period === "string") return previous[period];
  return previous.length(format.length(period * DAY_MS));
}
