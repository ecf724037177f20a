import { useState } from "react";
import { Button } from "@/components/ui/Button";
import { chooseNotify, notifyChoice } from "@/lib/platform/notifications";
import { useAlertSettingsTexts } from "../settingsTexts";

/** Says whether this browser shows notifications, and asks for it. */
export function PermissionNote() {
  const { channels } = useAlertSettingsTexts();
  const [state, setState] = useState(notifyChoice);
  if (state === "on") return null;
  if (state !== "off") return <p className="mt-2 text-xs text-warn">{channels.blocked}</p>;
  return (
    <p className="mt-2 flex flex-wrap items-center gap-2 text-xs text-warn">
      <span>{channels.notAsked}</span>
      <Button size="small" onClick={() => void chooseNotify(true).then(setState)}>
        {channels.allow}
      </Button>
    </p>
  );
}
