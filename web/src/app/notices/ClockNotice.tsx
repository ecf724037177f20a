import { ClockAlert, X } from "lucide-react";
import { useState, useSyncExternalStore } from "react";
import { Button } from "@/components/ui/Button";
import { Notice } from "@/components/ui/Notice";
import { useClock } from "@/hooks/useNow";
import { useFormat, useMessages } from "@/i18n";
import { MINUTE_MS } from "@/lib/time";

/** Says once that this device's clock differs from the server's, and by how much. */
export function ClockNotice() {
  const { common, dashboard } = useMessages();
  const format = useFormat();
  const clock = useClock();
  const leadMs = useSyncExternalStore(clock.subscribe, clock.getLead);
  const [isDismissed, setDismissed] = useState(false);
  if (isDismissed || Math.abs(leadMs) <= MINUTE_MS) return null;
  const size = format.duration(Math.abs(leadMs));
  const { clockAhead, clockBehind } = dashboard.strip;
  return (
    <Notice
      tone="calm"
      icon={<ClockAlert size={16} aria-hidden="true" className="text-faint" />}
      actions={
        <Button
          variant="ghost"
          size="small"
          square
          aria-label={common.close}
          onClick={() => setDismissed(true)}
        >
          <X size={14} aria-hidden="true" />
        </Button>
      }
    >
      {leadMs < 0 ? clockAhead(size) : clockBehind(size)}
    </Notice>
  );
}
