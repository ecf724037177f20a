import { Globe } from "lucide-react";
import { useState } from "react";
import { useSettings } from "@/api/LiveContext";
import { Button } from "@/components/ui/Button";
import { changeAddress } from "@/hooks/useAddress";
import { useMessages } from "@/i18n";
import { findBrowserZone } from "@/lib/platform/timeZone";
import { DismissibleNotice } from "./DismissibleNotice";

/** Says that the browser reports no usable time zone, so that times are in UTC. */
export function ZoneNotice() {
  const { settings, strip } = useMessages().dashboard;
  const [{ isKnown }] = useState(findBrowserZone);
  const isAuto = useSettings()?.time_zone === "auto";
  if (isKnown || !isAuto) return null;
  return (
    <DismissibleNotice
      tone="calm"
      icon={<Globe size={18} />}
      title={strip.zoneUnknown}
      actions={<Button onClick={() => changeAddress({ settings: "general" })}>{settings}</Button>}
    >
      {strip.zoneHelp}
    </DismissibleNotice>
  );
}
