import { useLiveState } from "@/api/LiveContext";
import { useNow } from "@/hooks/useNow";
import { useFormat, useMessages } from "@/i18n";
import { DAY_MS, HOUR_MS, MINUTE_MS, parseInstant, SECOND_MS } from "@/lib/time";
import { useMark } from "./mark";

/** The age of the data in its largest unit, on phones, where only this fits beside the mark. */
export function ShortAge() {
  const { dashboard } = useMessages();
  const format = useFormat();
  const now = useNow(SECOND_MS);
  const last = useLiveState(({ status }) => status?.link.last_success_at ?? null);
  const isDemo = useLiveState(({ status }) => status?.demo ?? false);
  const isLive = useMark() === "live";
  const lastAt = parseInstant(last);
  if (lastAt === null || !isLive || isDemo) return null;
  const age = Math.max(SECOND_MS, now - lastAt);
  const unit = [DAY_MS, HOUR_MS, MINUTE_MS].find((size) => age >= size) ?? SECOND_MS;
  return (
    <span className="hidden text-xs whitespace-nowrap text-muted figure-nums min-[24rem]:max-md:inline">
      {dashboard.ago(format.duration(Math.floor(age / unit) * unit))}
    </span>
  );
}
