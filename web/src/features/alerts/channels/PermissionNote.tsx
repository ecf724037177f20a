import { useState } from "react";
import { Button } from "@/components/ui/Button";
import { useAlertSettingsTexts } from "../settingsTexts";
import { askPermission, permission } from "./permission";

/** Says whether this browser shows notifications, and asks for it. */
export function PermissionNote() {
  const { channels } = useAlertSettingsTexts();
  const [state, setState] = useState(permission);
  if (state === "granted") return null;
  if (state !== "default") return <p className="mt-2 text-xs text-warn">{channels.blocked}</p>;
  return (
    <p className="mt-2 flex flex-wrap items-center gap-2 text-xs text-warn">
      <span>{channels.notAsked}</span>
      <Button size="small" onClick={() => void askPermission().then(setState)}>
        {channels.allow}
      </Button>
    </p>
  );
}
