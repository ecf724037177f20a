/** The sums of a past span; they are fetched again when anything in it may have changed. */
import { useQuery } from "@tanstack/react-query";
import { askStamped, type Stamped, useIsOutdated, useRefetchWhile } from "@/api/freshness";
import { useLive, useLiveState } from "@/api/LiveContext";
import { entriesSince } from "@/api/live/log";
import type { Problem } from "@/api/problem";
import type { Usage } from "@/api/types";
import type { Span } from "@/lib/range";

/** `ask` fetches the span; `name` tells questions about equal spans apart. */
export function usePastUsage(
  { from, to }: Span,
  name: string,
  ask: (signal: AbortSignal) => Promise<Usage>,
  isWanted: boolean,
): Usage | undefined {
  const live = useLive();
  const query = useQuery<Stamped<Usage>, Problem>({
    queryKey: ["before", from, to, name],
    queryFn: ({ signal }) => askStamped(live, () => ask(signal)),
    enabled: isWanted,
  });
  const data = query.data?.answer;
  const isTouched = useLiveState(({ log }) => {
    const entries = data ? entriesSince(log, data.revision) : [];
    return entries?.some(({ records }) => records.some(({ t }) => t < to)) ?? true;
  });
  const isOlder = useIsOutdated(query.data?.stamp, ["coverage", "sums"]);
  useRefetchWhile(isWanted && (isOlder || isTouched), query);
  return data;
}
