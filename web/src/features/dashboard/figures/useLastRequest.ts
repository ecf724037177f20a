/** The newest request that counts: in the range, or else the newest of all. */
import { useQuery } from "@tanstack/react-query";
import { api } from "@/api/client";
import { askStamped, type Stamped, useIsOutdated, useRefetchWhile } from "@/api/freshness";
import { useLive } from "@/api/LiveContext";
import type { Problem } from "@/api/problem";
import type { RecordsPage } from "@/api/types";
import { type LastRequest, lastRequest } from "../data/stats";
import type { DashboardState } from "../data/useDashboard";

const KEY = ["last request"];

/** Undefined until the first answer, null if there is no request. */
export function useLastRequest({ range, usage }: DashboardState): LastRequest | null | undefined {
  // A range that ends now contains the newest request, if it contains any.
  const isUpToNow = range.kind === "last" && usage?.bucket_s === null && usage.by === "model";
  const newest = isUpToNow ? lastRequest(usage.series) : null;
  const live = useLive();
  const isAsked = usage !== undefined && newest === null;
  const query = useQuery<Stamped<RecordsPage>, Problem>({
    queryKey: KEY,
    queryFn: ({ signal }) =>
      askStamped(live, () => api.records({ limit: 1, counts: true }, signal)),
    enabled: isAsked,
  });
  const isOlder = useIsOutdated(query.data?.stamp, ["revision", "sums"]);
  useRefetchWhile(isAsked && isOlder, KEY, query.refetch);
  if (newest) return newest;
  const stored = query.data?.answer.records[0];
  if (stored) return { model: stored.model, t: stored.t, credits: stored.credits };
  return query.data ? null : undefined;
}
