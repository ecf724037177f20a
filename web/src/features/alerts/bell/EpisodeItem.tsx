import { useEffect, useRef } from "react";
import type { Channel, Episode } from "@/api/alerts";
import { Button } from "@/components/ui/Button";
import { changeAddress } from "@/hooks/useAddress";
import { useClock, useNow } from "@/hooks/useNow";
import { useFormat } from "@/i18n";
import { cn } from "@/lib/cn";
import { MINUTE_MS } from "@/lib/time";
import { curveAround } from "../curveAround";
import { detailOf, isUnconfirmed, spanOf, titleOf, whenText } from "../episodeText";
import { useAlertTexts } from "../texts";
import { Confirm } from "./Confirm";
import { Messages } from "./Messages";
import { Snooze } from "./Snooze";

interface Props {
  readonly episode: Episode;
  /** Whether it is the newest one of its rule, which shows the snooze of the rule. */
  readonly isNewest: boolean;
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

/** An episode: what happened, when, who was notified, and the possible actions. */
export function EpisodeItem({ episode, isNewest, channels, isOpened, onDone }: Props) {
  const texts = useAlertTexts();
  const format = useFormat();
  const words = { texts, format };
  const now = useNow(MINUTE_MS);
  const item = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (isOpened) item.current?.scrollIntoView({ block: "nearest" });
  }, [isOpened]);
  const isOpen = episode.state !== "over";
  const isDoubted = isUnconfirmed(episode, now);
  const isAmber = isDoubted || (isOpen && episode.confirmed_at === null);
  const { from, to } = spanOf(episode, now);
  return (
    <li
      ref={item}
      aria-current={isOpened || undefined}
      className={cn(
        "grid grid-cols-[auto_1fr] gap-x-3 px-4 py-3",
        isAmber && "bg-warn-soft",
        isOpened && "shadow-[inset_3px_0_0_var(--color-accent)]",
      )}
    >
      <span
        aria-hidden="true"
        className={cn(
          "mt-1.5 size-2 rounded-full forced-color-adjust-none",
          isDoubted ? DOTS.firing : DOTS[episode.state],
        )}
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
        <Actions episode={episode} isNewest={isNewest} onDone={onDone} />
        <Messages episode={episode} channels={channels} now={now} />
      </div>
    </li>
  );
}

function Actions({ episode, isNewest, onDone }: Pick<Props, "episode" | "isNewest" | "onDone">) {
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
      <Confirm episode={episode} />
      {isNewest && <Snooze episode={episode} />}
    </div>
  );
}
