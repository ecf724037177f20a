import { BellOff } from "lucide-react";
import { useState } from "react";
import type { Episode } from "@/api/alerts";
import { FEW_EPISODES, MANY_EPISODES, useChannels, useEpisodes } from "@/api/useAlerts";
import { Button } from "@/components/ui/Button";
import { Skeleton } from "@/components/ui/Skeleton";
import { changeAddress } from "@/hooks/useAddress";
import { useNow } from "@/hooks/useNow";
import { useFormat } from "@/i18n";
import { DAY_MS, MINUTE_MS, parseInstant } from "@/lib/time";
import { useAlertTexts } from "../texts";
import { EpisodeItem } from "./EpisodeItem";

const MONTH_MS = 30 * DAY_MS;

interface Props {
  /** The episode that the address names. */
  readonly opened: string | null;
  readonly onDone: () => void;
}

/** The newest episodes, with a way to older ones and to the rules. */
export function EpisodeList({ opened, onDone }: Props) {
  const texts = useAlertTexts();
  const [limit, setLimit] = useState(opened === null ? FEW_EPISODES : MANY_EPISODES);
  const { answer, error } = useEpisodes(limit);
  const setUp = () => {
    onDone();
    changeAddress({ settings: "alerts" });
  };
  return (
    <>
      <header className="flex flex-wrap items-center justify-between gap-x-4 border-b border-line py-2 pr-2 pl-4">
        <h2 className="font-semibold">{texts.title}</h2>
        <Button variant="ghost" size="small" className="text-accent!" onClick={setUp}>
          {texts.setUp}
        </Button>
      </header>
      {answer === undefined && (error ? <Failed /> : <Waiting />)}
      {answer?.episodes.length === 0 && <Empty onSetUp={setUp} />}
      {answer && answer.episodes.length > 0 && (
        <>
          <Items episodes={answer.episodes} opened={opened} onDone={onDone} />
          <Foot
            episodes={answer.episodes}
            onOlder={answer.next === null ? null : () => setLimit(MANY_EPISODES)}
          />
        </>
      )}
    </>
  );
}

interface ItemsProps extends Props {
  readonly episodes: readonly Episode[];
}

function Items({ episodes, opened, onDone }: ItemsProps) {
  const { answer } = useChannels();
  return (
    <ul className="min-h-0 divide-y divide-line overflow-y-auto overscroll-contain">
      {episodes.map((episode, index) => (
        <EpisodeItem
          key={episode.id}
          episode={episode}
          isNewest={episodes.findIndex(({ rule }) => rule === episode.rule) === index}
          channels={answer?.channels}
          isOpened={episode.id === opened}
          onDone={onDone}
        />
      ))}
    </ul>
  );
}

interface FootProps {
  readonly episodes: readonly Episode[];
  /** Null where all are shown. */
  readonly onOlder: (() => void) | null;
}

function Foot({ episodes, onOlder }: FootProps) {
  const texts = useAlertTexts();
  const format = useFormat();
  const monthAgo = useNow(MINUTE_MS) - MONTH_MS;
  const recent = episodes.filter(({ since }) => (parseInstant(since) ?? 0) >= monthAgo);
  const isMore = onOlder !== null && recent.length === episodes.length;
  return (
    <footer className="flex min-h-11 flex-wrap items-center justify-between gap-x-4 border-t border-line py-1.5 pr-2 pl-4">
      <span className="text-xs text-muted">
        {texts.in30Days(format.number(recent.length), isMore)}
      </span>
      {onOlder && (
        <Button variant="ghost" size="small" className="text-accent!" onClick={onOlder}>
          {texts.older}
        </Button>
      )}
    </footer>
  );
}

function Waiting() {
  return (
    <div className="flex flex-col gap-3 p-4">
      <Skeleton className="h-12" />
      <Skeleton className="h-12" />
    </div>
  );
}

function Failed() {
  const { failed } = useAlertTexts();
  return (
    <p role="alert" className="p-4 text-bad">
      {failed}
    </p>
  );
}

function Empty({ onSetUp }: { onSetUp: () => void }) {
  const texts = useAlertTexts();
  const { answer } = useChannels();
  return (
    <div className="flex min-h-0 flex-col items-center gap-1 overflow-y-auto px-8 py-9 text-center big:px-3">
      <BellOff size={20} aria-hidden="true" className="mb-2 text-faint" />
      <p className="font-medium">{texts.none}</p>
      <p className="text-balance text-muted">{texts.noneHint}</p>
      {answer?.channels.length === 0 && (
        <Button className="mt-3" onClick={onSetUp}>
          {texts.addChannel}
        </Button>
      )}
    </div>
  );
}
