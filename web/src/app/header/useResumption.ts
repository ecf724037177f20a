import { useLiveState } from "@/api/LiveContext";
import { useNow } from "@/hooks/useNow";
import { useFormat } from "@/i18n";
import { momentTexts } from "@/i18n/moments";
import { MINUTE_MS, parseInstant } from "@/lib/time";

/** When the schedule ends its pause, in words; null while it pauses nothing. */
export function useResumption(): string | null {
  const format = useFormat();
  const now = useNow(MINUTE_MS);
  const at = parseInstant(useLiveState(({ status }) => status?.link.next_change_at ?? null));
  return at === null ? null : momentTexts([at], now, format).join();
}
