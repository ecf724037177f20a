/** Whether the server has been away for longer than a restart takes. */
import { useIsPast } from "@/hooks/useNow";
import { SECOND_MS } from "@/lib/time";
import { useLiveState } from "./LiveContext";

const RESTART_MS = 8 * SECOND_MS;

export function useIsServerGone(): boolean {
  const since = useLiveState(({ awaySinceMs }) => awaySinceMs);
  return useIsPast(since === null ? null : since + RESTART_MS, SECOND_MS);
}
