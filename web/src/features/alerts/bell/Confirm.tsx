import { alerts, type Episode } from "@/api/alerts";
import { useAlertCommand } from "@/api/useAlerts";
import { Button } from "@/components/ui/Button";
import { useNow } from "@/hooks/useNow";
import { MINUTE_MS } from "@/lib/time";
import { isUnconfirmed } from "../episodeText";
import { useAlertTexts } from "../texts";

/** Says that the user knows of an episode: its message is not repeated, and the bell is quiet. */
export function Confirm({ episode }: { episode: Episode }) {
  const { confirm, confirmed } = useAlertTexts();
  const now = useNow(MINUTE_MS);
  const { mutate, isPending } = useAlertCommand(() => alerts.confirm(episode.id));
  if (episode.confirmed_at !== null) return <span className="text-xs text-muted">{confirmed}</span>;
  if (!isUnconfirmed(episode, now)) return null;
  return (
    <Button size="small" aria-disabled={isPending} onClick={() => isPending || mutate(undefined)}>
      {confirm}
    </Button>
  );
}
