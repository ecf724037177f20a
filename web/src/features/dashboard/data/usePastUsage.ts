/** The sums of a past span; they are fetched again when anything in it may have changed. */
import { useQuery } from "@tanstack/react-query";
import { askStamped, type Stamped, useIsOutdated, useRefetchWhile } from "@/api/freshness";
import { useLive, useLiveState } from "@/api/LiveContext";
import type { Live } from "@/api/live/Live";
import { entriesSince } from "@/api/live/log";
import type { Problem } from "@/api/problem";
import type { Usage } from "@/api/types";
import type { Span } from "@/lib/range";

type Ask = (signal: AbortSignal) => Promise<Usage>;

/** `ask` fetches the span; `name` tells questions about equal spans apart. */
export function pastUsageQuery(live: Live, { from, to }: Span, name: string, ask: Ask) {
  return {
    queryKey: ["before", from, to, name],
    queryFn: ({ signal }: { readonly signal: AbortSignal }) => askStamped(live, () => ask(signal)),
  };
}

export function usePastUsage(
  span: Span,
  name: string,
  ask: Ask,
  isWanted: boolean,
): Usage | undefined {
  const { to } = span;
  const live = useLive();
  const asked = pastUsageQuery(live, span, name, ask);
  const query = useQuery<Stamped<Usage>, Problem>({ ...asked, enabled: isWanted });
  const data = query.data?.answer;
  const isTouched = useLiveState(({ log }) => {
    const entries = data ? entriesSince(log, data.revision) : [];
    return entries?.some(({ records }) => records.some(({ t }) => t < to)) ?? true;
  });
  const isOlder = useIsOutdated(query.data?.stamp, ["coverage", "sums"]);
  useRefetchWhile(isWanted && (isOlder || isTouched), asked.queryKey, query.refetch);
  return data;
}
