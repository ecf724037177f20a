import type { QueryClient } from "@tanstack/react-query";
import type { Live } from "@/api/live/Live";
import { parseAddress } from "@/lib/address";
import { readStored } from "@/lib/platform/storage";
import { hasDays, rangeOfHours } from "@/lib/range";
import { zoneOf } from "@/lib/time";
import { loadCanvas } from "./curve/useCanvas";
import { usageQuery } from "./data/useUsage";

/**
 * Fetch the curve's data before the page is rendered, with the settings that the browser remembers;
 * if they have changed since, the page asks again. The curve's code is evaluated while the server
 * answers. Ranges of days depend on more.
 */
export async function prefetchCurve(live: Live, queryClient: QueryClient): Promise<void> {
  const { range: named, by, settings } = parseAddress(location.search);
  const range = named ?? rangeOfHours(Number(readStored("range")) || 1);
  if (settings !== null || range.kind === "days" || hasDays(range)) return;
  void loadCanvas().catch(() => undefined);
  const zone = zoneOf(readStored("zone") ?? "auto");
  await queryClient.prefetchQuery(usageQuery(live, { range, zone, by, isBrief: false }));
}
