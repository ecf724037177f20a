import { ClockAlert } from "lucide-react";
import { useSyncExternalStore } from "react";
import { useClock } from "@/hooks/useNow";
import { useFormat, useMessages } from "@/i18n";
import { MINUTE_MS } from "@/lib/time";
import { DismissibleNotice } from "./DismissibleNotice";

/** Says that this device's clock differs from the server's, and by how much. */
export function ClockNotice() {
  const { strip } = useMessages().dashboard;
  const format = useFormat();
  const clock = useClock();
  const leadMs = useSyncExternalStore(clock.subscribe, clock.getLead);
  if (Math.abs(leadMs) <= MINUTE_MS) return null;
  const size = format.duration(Math.round(Math.abs(leadMs) / MINUTE_MS) * MINUTE_MS);
  return (
    <DismissibleNotice
      tone="calm"
      icon={<ClockAlert size={18} />}
      title={leadMs < 0 ? strip.clockAhead(size) : strip.clockBehind(size)}
    >
      {strip.clockHelp}
    </DismissibleNotice>
  );
}
