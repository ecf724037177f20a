import { alerts, type Episode } from "@/api/alerts";
import { useAlertCommand } from "@/api/useAlerts";
import { Button } from "@/components/ui/Button";
import { useClock, useNow } from "@/hooks/useNow";
import { useFormat } from "@/i18n";
import { DAY_MS, MINUTE_MS, parseInstant } from "@/lib/time";
import { momentText } from "../episodeText";
import { useAlertTexts } from "../texts";

/** Silences the rule of an episode for a day; a snooze outlasts the episode, and can be ended. */
export function Snooze({ episode: { id, state, snoozed_until: text } }: { episode: Episode }) {
  const texts = useAlertTexts();
  const format = useFormat();
  const clock = useClock();
  const now = useNow(MINUTE_MS);
  const { mutate, isPending } = useAlertCommand((until: string | null) => alerts.snooze(id, until));
  const until = parseInstant(text);
  const isSnoozed = until !== null && until > now;
  if (state === "over" && !isSnoozed) return null;
  const turn = () => {
    if (!isPending) mutate(isSnoozed ? null : new Date(clock.now() + DAY_MS).toISOString());
  };
  return (
    <>
      <Button size="small" variant="ghost" onClick={turn} aria-disabled={isPending}>
        {isSnoozed ? texts.unsnooze : texts.snooze}
      </Button>
      {isSnoozed && (
        <span className="text-xs text-muted">{texts.snoozed(momentText(until, now, format))}</span>
      )}
    </>
  );
}
