/** The usual spend of an hour of the day. */
import { useQuery } from "@tanstack/react-query";
import { api } from "@/api/client";
import type { Problem } from "@/api/problem";
import type { UsualHour } from "@/api/types";
import { useNow } from "@/hooks/useNow";
import { useFormat } from "@/i18n";
import { HOUR_MS, MINUTE_MS } from "@/lib/time";
import { usualAt } from "./usual";

/** Return the usual spend of the present hour; undefined while unknown or with too few samples. */
export function useUsual(isWanted: boolean): UsualHour | undefined {
  const { zone } = useFormat();
  const now = useNow(MINUTE_MS);
  const { data } = useQuery<readonly UsualHour[], Problem>({
    queryKey: ["usual", zone],
    queryFn: ({ signal }) => api.usual(zone, signal),
    enabled: isWanted,
    staleTime: HOUR_MS,
    refetchInterval: HOUR_MS,
  });
  return data && usualAt(data, now, zone);
}
