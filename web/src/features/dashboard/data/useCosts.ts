/** What single requests cost, for curves of sums: the server counts them. */
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { api } from "@/api/client";
import { askStamped, type Stamped, useIsOutdated, useRefetchWhile } from "@/api/freshness";
import { useLive } from "@/api/LiveContext";
import type { Problem } from "@/api/problem";
import type { RangeCosts, SeriesCosts } from "@/api/types";
import { rangeKey } from "@/lib/range";
import type { DashboardState } from "./useDashboard";

export type CostsByKey = ReadonlyMap<string, SeriesCosts>;

/** Undefined while unknown, and where the curve itself has every request. */
export function useCosts(state: DashboardState): CostsByKey | undefined {
  const live = useLive();
  const { usage, range, window, isZoomed } = state;
  const by = usage?.by ?? "model";
  const isWanted = usage !== undefined && usage.bucket_s !== null && usage.sums_before === null;
  const queryKey = [
    "costs",
    isZoomed ? rangeKey({ kind: "span", ...window }) : rangeKey(range),
    by,
  ];
  const query = useQuery<Stamped<RangeCosts>, Problem>({
    queryKey,
    queryFn: ({ signal }) => askStamped(live, () => api.costs({ ...spanOf(state), by }, signal)),
    enabled: isWanted,
  });
  const isOlder = useIsOutdated(query.data?.stamp, ["revision", "sums"]);
  useRefetchWhile(isWanted && isOlder, queryKey, query.refetch);
  const answer = isWanted ? query.data?.answer : undefined;
  return useMemo(() => answer && new Map(answer.series.map((one) => [one.key, one])), [answer]);
}

function spanOf({ range, window, isZoomed }: DashboardState) {
  if (isZoomed) return { from: String(window.from), to: String(window.to) };
  return range.kind === "last"
    ? { hours: range.hours }
    : { from: String(range.from), to: String(range.to) };
}
