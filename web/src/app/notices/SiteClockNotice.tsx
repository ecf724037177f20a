import { ClockAlert } from "lucide-react";
import { useLiveState } from "@/api/LiveContext";
import { useFormat, useMessages } from "@/i18n";
import { SECOND_MS } from "@/lib/time";
import { DismissibleNotice } from "./DismissibleNotice";

/** Says that the server's clock differs from the site's, and by how much. */
export function SiteClockNotice() {
  const { strip } = useMessages().dashboard;
  const format = useFormat();
  const aheadS = useLiveState(({ status }) => status?.site.clock_ahead_s ?? 0);
  if (aheadS === 0) return null;
  const size = format.duration(Math.abs(aheadS) * SECOND_MS);
  return (
    <DismissibleNotice
      tone="calm"
      icon={<ClockAlert size={18} />}
      title={aheadS > 0 ? strip.serverClockAhead(size) : strip.serverClockBehind(size)}
    >
      {strip.serverClockHelp}
    </DismissibleNotice>
  );
}
