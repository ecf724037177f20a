import type { UsualHour } from "@/api/types";
import { useNow } from "@/hooks/useNow";
import { useFormat } from "@/i18n";
import { MINUTE_MS } from "@/lib/time";
import { useUsualHours } from "../data/useUsualHours";
import { usualAt } from "../data/usual";

/** Return the usual spend of the present hour; undefined while unknown or with too few samples. */
export function useUsual(isWanted: boolean): UsualHour | undefined {
  const { zone } = useFormat();
  const now = useNow(MINUTE_MS);
  const hours = useUsualHours(isWanted);
  return hours && usualAt(hours, now, zone);
}
