/** Whether the server has been away for longer than a restart takes. */
import { useNow } from "@/hooks/useNow";
import { SECOND_MS } from "@/lib/time";
import { useLiveState } from "./LiveContext";

const RESTART_MS = 8 * SECOND_MS;

export function useIsServerGone(): boolean {
  const since = useLiveState(({ awaySinceMs }) => awaySinceMs);
  const now = useNow(SECOND_MS);
  return since !== null && now - since >= RESTART_MS;
}
