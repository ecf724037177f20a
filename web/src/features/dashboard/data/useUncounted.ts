/** Whether a span contains requests that do not count, which the curve leaves out. */
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { api } from "@/api/client";
import { askStamped, type Stamped, useIsOutdated, useRefetchWhile } from "@/api/freshness";
import { useLive } from "@/api/LiveContext";
import type { Problem } from "@/api/problem";
import type { RecordsPage } from "@/api/types";
import type { Span } from "@/lib/range";
import { MINUTE_MS } from "@/lib/time";

export function useUncounted(span: Span, isWanted: boolean): boolean {
  const live = useLive();
  // In whole minutes: the span slides with every second.
  const from = String(Math.floor(span.from / MINUTE_MS) * MINUTE_MS);
  const to = String(Math.ceil(span.to / MINUTE_MS) * MINUTE_MS);
  const queryKey = ["uncounted", from, to];
  const query = useQuery<Stamped<RecordsPage>, Problem>({
    queryKey,
    queryFn: ({ signal }) =>
      askStamped(live, () => api.records({ from, to, counts: false, limit: 1 }, signal)),
    placeholderData: keepPreviousData,
    enabled: isWanted,
  });
  const isOlder = useIsOutdated(query.data?.stamp, ["revision", "sums", "settings"]);
  useRefetchWhile(isWanted && isOlder, queryKey, query.refetch);
  return isWanted && (query.data?.answer.records.length ?? 0) > 0;
}
