import { useEffect, useRef } from "react";
import type { Channel, Episode } from "@/api/alerts";
import { alerts } from "@/api/alerts";
import { useAlertCommand } from "@/api/useAlerts";
import { Button } from "@/components/ui/Button";
import { changeAddress } from "@/hooks/useAddress";
import { useClock, useNow } from "@/hooks/useNow";
import { useFormat } from "@/i18n";
import { cn } from "@/lib/cn";
import { DAY_MS, MINUTE_MS, parseInstant } from "@/lib/time";
import { curveAround } from "../curveAround";
import { detailOf, momentText, spanOf, titleOf, whenText } from "../episodeText";
import { useAlertTexts } from "../texts";
import { Messages } from "./Messages";

interface Props {
  readonly episode: Episode;
  /** Undefined until they are known. */
  readonly channels: readonly Channel[] | undefined;
  readonly isOpened: boolean;
  readonly onDone: () => void;
}

const DOTS: Readonly<Record<Episode["state"], string>> = {
  pending: "border-2 border-warn",
  firing: "bg-warn",
  recovering: "border-2 border-warn bg-warn-soft",
  over: "bg-line-strong",
};

/** An episode: what happened, when, who was told, and what can be done. */
export function EpisodeItem({ episode, channels, isOpened, onDone }: Props) {
  const texts = useAlertTexts();
  const format = useFormat();
  const words = { texts, format };
  const now = useNow(MINUTE_MS);
  const item = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (isOpened) item.current?.scrollIntoView({ block: "nearest" });
  }, [isOpened]);
  const isOpen = episode.state !== "over";
  const { from, to } = spanOf(episode, now);
  return (
    <li
      ref={item}
      aria-current={isOpened || undefined}
      className={cn(
        "grid grid-cols-[auto_1fr] gap-x-3 px-4 py-3",
        isOpen && "bg-warn-soft",
        isOpened && "shadow-[inset_3px_0_0_var(--color-accent)]",
      )}
    >
      <span
        aria-hidden="true"
        className={cn("mt-1.5 size-2 rounded-full forced-color-adjust-none", DOTS[episode.state])}
      />
      <div className="min-w-0">
        <div className="flex items-baseline justify-between gap-3">
          <h3 className="min-w-0 font-semibold">{titleOf(episode, texts)}</h3>
          <span className="figure-nums shrink-0 text-xs text-muted">
            {whenText(episode, now, words)}
          </span>
        </div>
        <p className="flex flex-wrap gap-x-1.5 break-words text-muted">
          <span className={isOpen ? "font-medium text-warn" : ""}>
            {texts.states[episode.state]}
          </span>
          <span>{`· ${detailOf(episode, words)}`}</span>
          {!isOpen && <span>{`· ${texts.lasted(format.length(to - from))}`}</span>}
        </p>
        <Actions episode={episode} onDone={onDone} />
        <Messages episode={episode} channels={channels} now={now} />
      </div>
    </li>
  );
}

function Actions({ episode, onDone }: Pick<Props, "episode" | "onDone">) {
  const texts = useAlertTexts();
  const clock = useClock();
  const show = () => {
    onDone();
    changeAddress({
      range: { kind: "span", ...curveAround(spanOf(episode, clock.now())) },
      settings: null,
    });
  };
  return (
    <div className="-ml-0.5 flex flex-wrap items-center gap-2 py-1.5">
      <Button size="small" onClick={show}>
        {texts.onCurve}
      </Button>
      {episode.state !== "over" && <Snooze episode={episode} />}
    </div>
  );
}

function Snooze({ episode: { id, snoozed_until: text } }: { episode: Episode }) {
  const texts = useAlertTexts();
  const format = useFormat();
  const clock = useClock();
  const now = useNow(MINUTE_MS);
  const { mutate, isPending } = useAlertCommand((until: string | null) => alerts.snooze(id, until));
  const until = parseInstant(text);
  const isSnoozed = until !== null && until > now;
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
