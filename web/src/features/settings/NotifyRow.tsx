import { useState } from "react";
import { Row } from "@/components/ui/Section";
import { Switch } from "@/components/ui/Switch";
import { chooseNotify, notifyChoice } from "@/lib/platform/notifications";
import { useSettingsTexts } from "./texts";

/** Whether this browser notifies its user of a dead cookie. */
export function NotifyRow() {
  const { display } = useSettingsTexts();
  const [choice, setChoice] = useState(notifyChoice);
  if (choice === "missing") return null;
  const isBlocked = choice === "blocked";
  return (
    <Row
      label={display.notify}
      hint={isBlocked ? display.notifyBlocked : display.notifyHint}
      isInline
    >
      {(control) => (
        <Switch
          {...control}
          checked={choice === "on"}
          disabled={isBlocked}
          onCheckedChange={(isOn) => void chooseNotify(isOn).then(setChoice)}
        />
      )}
    </Row>
  );
}
