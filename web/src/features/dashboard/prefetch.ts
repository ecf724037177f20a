/** The first view's data are fetched before the page is rendered, with what the browser remembers. */
import type { QueryClient } from "@tanstack/react-query";
import type { Live } from "@/api/live/Live";
import { parseAddress } from "@/lib/address";
import { readStored } from "@/lib/platform/storage";
import { hasDays, rangeOfHours } from "@/lib/range";
import { zoneOf } from "@/lib/time";
import { dayQuestion, daysAt, rangeOf } from "./data/days";
import { pastUsageQuery } from "./data/usePastUsage";
import { usageQuery } from "./data/useUsage";

/**
 * Fetch the curve's data; if the settings have changed since, the page asks again. Ranges of days
 * depend on more.
 */
export async function prefetchCurve(live: Live, queryClient: QueryClient): Promise<void> {
  const { range: named, by, settings } = parseAddress(location.search);
  const range = named ?? rangeOfHours(Number(readStored("range")) || 1);
  if (settings !== null || range.kind === "days" || hasDays(range)) return;
  const zone = rememberedZone();
  await queryClient.prefetchQuery(usageQuery(live, { range, zone, by, isBrief: false }));
}

/** Fetch the credits of today and yesterday. */
export async function prefetchFigures(live: Live, queryClient: QueryClient): Promise<void> {
  if (parseAddress(location.search).settings !== null) return;
  const zone = rememberedZone();
  const { today, yesterday } = daysAt(live.clock.now(), zone);
  const range = rangeOf(today);
  await Promise.all([
    queryClient.prefetchQuery(usageQuery(live, { range, zone, by: "model", isBrief: true })),
    queryClient.prefetchQuery(pastUsageQuery(live, yesterday, ...dayQuestion(yesterday, zone))),
  ]);
}

function rememberedZone(): string {
  return zoneOf(readStored("zone") ?? "auto");
}
