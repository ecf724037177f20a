/** The newest request that counts: in the range, or else the newest of all. */
import { useQuery } from "@tanstack/react-query";
import { api } from "@/api/client";
import { useLiveState } from "@/api/LiveContext";
import type { Problem } from "@/api/problem";
import type { RecordsPage, Usage } from "@/api/types";
import { type LastRequest, lastRequest } from "../data/stats";

/** Undefined while it is not known yet, null where there is none. */
export function useLastRequest(usage: Usage | undefined): LastRequest | null | undefined {
  const shown = usage?.bucket_s === null ? lastRequest(usage.series) : null;
  const lastAt = useLiveState(({ status }) => status?.records.last_at ?? null);
  const isNewest = shown !== null && (lastAt === null || shown.t >= Date.parse(lastAt));
  const query = useQuery<RecordsPage, Problem>({
    queryKey: ["last request", lastAt],
    queryFn: ({ signal }) => api.records({ limit: 1, counts: true }, signal),
    enabled: usage !== undefined && !isNewest,
  });
  if (isNewest) return shown;
  const newest = query.data?.records[0];
  if (newest) return { model: newest.model, t: newest.t, credits: newest.credits };
  return query.data ? null : (shown ?? undefined);
}
