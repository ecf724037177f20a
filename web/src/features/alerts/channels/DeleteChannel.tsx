import { useState } from "react";
import { alerts, type Channel } from "@/api/alerts";
import { useAlertCommand } from "@/api/useAlerts";
import { Button } from "@/components/ui/Button";
import { Question } from "@/components/ui/Question";
import { useAlertSettingsTexts } from "../settingsTexts";

/** Deletes a channel after a question. */
export function DeleteChannel({ channel, onDeleted }: { channel: Channel; onDeleted: () => void }) {
  const { channels } = useAlertSettingsTexts();
  const [isAsking, setAsking] = useState(false);
  const { mutate } = useAlertCommand(alerts.deleteChannel);
  if (isAsking) {
    return (
      <Question
        text={channels.deleteQuestion(channel.name)}
        yes={channels.deleteYes}
        onNo={() => setAsking(false)}
        onYes={() => mutate(channel.id, { onSuccess: onDeleted })}
      />
    );
  }
  return (
    <Button variant="danger" className="mr-auto" onClick={() => setAsking(true)}>
      {channels.delete}
    </Button>
  );
}
