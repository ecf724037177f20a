/** Changes of rules; away hours are times of day and need the zone that the page shows. */
import { alerts, type NewRule, type RulePatch } from "@/api/alerts";
import { useChangeSettings } from "@/api/commands";
import { useAlertCommand } from "@/api/useAlerts";
import { useFixedZone } from "@/api/useFixedZone";

type Times = Pick<RulePatch, "from" | "to">;

/** Return a function that fixes the zone before it saves times of day. */
function useZoneFirst() {
  const zone = useFixedZone();
  const { mutateAsync: changeSettings } = useChangeSettings();
  return async <Answer>({ from, to }: Times, save: () => Promise<Answer>): Promise<Answer> => {
    if ((from ?? to) && zone.time_zone) await changeSettings(zone);
    return save();
  };
}

export function useRuleChange(id: string) {
  const zoneFirst = useZoneFirst();
  return useAlertCommand((patch: RulePatch) =>
    zoneFirst(patch, () => alerts.changeRule(id, patch)),
  );
}

export function useNewRule() {
  const zoneFirst = useZoneFirst();
  return useAlertCommand((rule: NewRule) => zoneFirst(rule, () => alerts.createRule(rule)));
}
