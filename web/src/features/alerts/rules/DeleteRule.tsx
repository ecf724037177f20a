import { useState } from "react";
import { alerts, type Rule } from "@/api/alerts";
import { useAlertCommand } from "@/api/useAlerts";
import { Button } from "@/components/ui/Button";
import { Question } from "@/components/ui/Question";
import { useAlertSettingsTexts } from "../settingsTexts";

export function DeleteRule({ rule }: { rule: Rule }) {
  const { rules } = useAlertSettingsTexts();
  const [isAsking, setAsking] = useState(false);
  const { mutate } = useAlertCommand(alerts.deleteRule);
  if (isAsking) {
    return (
      <Question
        text={rules.deleteQuestion(rules.menu[rule.kind])}
        yes={rules.delete}
        onNo={() => setAsking(false)}
        onYes={() => mutate(rule.id)}
      />
    );
  }
  return (
    <Button variant="danger" size="small" className="self-start" onClick={() => setAsking(true)}>
      {rules.delete}
    </Button>
  );
}
