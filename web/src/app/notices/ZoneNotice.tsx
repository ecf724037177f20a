import { Globe } from "lucide-react";
import { useState } from "react";
import { useSettings } from "@/api/LiveContext";
import { Button } from "@/components/ui/Button";
import { Notice } from "@/components/ui/Notice";
import { changeAddress } from "@/hooks/useAddress";
import { useMessages } from "@/i18n";
import { findBrowserZone } from "@/lib/platform/timeZone";

/** Says that the browser reports no usable time zone, so that times are in UTC. */
export function ZoneNotice() {
  const { settings, strip } = useMessages().dashboard;
  const [{ isKnown }] = useState(findBrowserZone);
  const isAuto = useSettings()?.time_zone === "auto";
  if (isKnown || !isAuto) return null;
  return (
    <Notice
      tone="calm"
      icon={<Globe size={16} aria-hidden="true" className="text-faint" />}
      actions={
        <Button size="small" onClick={() => changeAddress({ dialog: "settings" })}>
          {settings}
        </Button>
      }
    >
      {strip.zoneUnknown}
    </Notice>
  );
}
