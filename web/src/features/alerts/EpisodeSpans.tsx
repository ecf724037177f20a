/** The episodes of alerts, marked on the curve. */
import { useMemo } from "react";
import type { Episode } from "@/api/alerts";
import { FEW_EPISODES, MANY_EPISODES, useEpisodes } from "@/api/useAlerts";
import { useRange } from "@/api/useRange";
import { Annotations } from "@/components/chart/Annotations";
import { useAddress } from "@/hooks/useAddress";
import { useNow } from "@/hooks/useNow";
import { useFormat } from "@/i18n";
import { spanOf as limitsOf } from "@/lib/range";
import { MINUTE_MS, parseInstant } from "@/lib/time";
import { notesOf } from "./episodeNotes";
import { PreviewSpans } from "./preview/PreviewSpans";
import { useAlertTexts } from "./texts";

/** The past episodes, and those that a rule would have had where its preview is open. */
export function EpisodeSpans() {
  const [{ preview }] = useAddress();
  const past = usePastNotes();
  return preview === null ? <Annotations {...past} /> : <PreviewSpans rule={preview} past={past} />;
}

function usePastNotes() {
  const texts = useAlertTexts();
  const format = useFormat();
  const now = useNow(MINUTE_MS);
  const [{ episode: opened }] = useAddress();
  const episodes = useEpisodesOfRange(now);
  return useMemo(
    () => notesOf(episodes, opened, now, { texts, format }),
    [episodes, opened, now, texts, format],
  );
}

const NONE: readonly Episode[] = [];

/** Ask for more than the newest only where the range begins before them. */
function useEpisodesOfRange(now: number): readonly Episode[] {
  const { from } = limitsOf(useRange(), now);
  const { answer: few } = useEpisodes(FEW_EPISODES);
  const oldest = few?.episodes.at(-1);
  const isMore = few?.next != null && (parseInstant(oldest?.since) ?? 0) > from;
  const { answer } = useEpisodes(isMore ? MANY_EPISODES : FEW_EPISODES);
  return answer?.episodes ?? few?.episodes ?? NONE;
}
