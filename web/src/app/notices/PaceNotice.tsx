import { Gauge } from "lucide-react";
import { useSettings, useStatus } from "@/api/LiveContext";
import { useFormat, useMessages } from "@/i18n";
import { SECOND_MS } from "@/lib/time";
import { DismissibleNotice } from "./DismissibleNotice";

/** Polls run more often than set, because the site's answers did not overlap. */
export function PaceNotice() {
  const { strip } = useMessages().dashboard;
  const format = useFormat();
  const pace = useStatus()?.link.pace;
  const settings = useSettings();
  if (!pace || settings === null) return null;
  const text = (seconds: number) => format.duration(seconds * SECOND_MS);
  return (
    <DismissibleNotice
      tone="calm"
      icon={<Gauge size={18} />}
      title={strip.catchingUp(text(pace.interval_s), text(settings.poll_interval_s))}
    >
      {strip.catchingUpUntil}
    </DismissibleNotice>
  );
}
