/** The usual spend per hour of the day. */
import { useQuery } from "@tanstack/react-query";
import { api } from "@/api/client";
import { askStamped, type Stamped, useIsOutdated, useRefetchWhile } from "@/api/freshness";
import { useLive, useLiveState } from "@/api/LiveContext";
import { entriesSince } from "@/api/live/log";
import type { Problem } from "@/api/problem";
import type { UsualHour } from "@/api/types";
import { useNow } from "@/hooks/useNow";
import { useFormat } from "@/i18n";
import { floorTo, HOUR_MS, MINUTE_MS } from "@/lib/time";

interface Usual {
  readonly hours: readonly UsualHour[];
  /** The newest revision that the page had when it asked. */
  readonly revision: number | null;
}

/** Undefined while unknown. */
export function useUsualHours(isWanted: boolean): readonly UsualHour[] | undefined {
  const { zone } = useFormat();
  const now = useNow(MINUTE_MS);
  const live = useLive();
  const queryKey = ["usual", zone];
  const query = useQuery<Stamped<Usual>, Problem>({
    queryKey,
    queryFn: ({ signal }) =>
      askStamped(live, async () => {
        const { log, known } = live.getState();
        const revision = log.revision ?? known.versions.revision ?? null;
        return { hours: await api.usual(zone, signal), revision };
      }),
    enabled: isWanted,
    staleTime: HOUR_MS,
    refetchInterval: HOUR_MS,
  });
  const isOlder = useIsOutdated(query.data?.stamp, ["coverage", "sums", "settings"]);
  const isTouched = useHasEarlierRecords(query.data?.answer.revision, floorTo(now, HOUR_MS, zone));
  useRefetchWhile(isWanted && (isOlder || isTouched), queryKey, query.refetch);
  return query.data?.answer.hours;
}

/** Whether records of a full hour came after a revision: an import, or a late row of the site. */
function useHasEarlierRecords(revision: number | null | undefined, until: number): boolean {
  return useLiveState(({ log }) => {
    if (revision === undefined) return false;
    if (revision === null) return log.revision !== null;
    const entries = entriesSince(log, revision);
    return entries?.some(({ records }) => records.some(({ t }) => t < until)) ?? true;
  });
}
