/** The bell of the header: how many alerts fire, and the list of episodes. */
import { Bell as BellIcon } from "lucide-react";
import { Popover } from "radix-ui";
import { useState } from "react";
import type { Episode } from "@/api/alerts";
import { useEpisodes } from "@/api/useAlerts";
import { Button } from "@/components/ui/Button";
import { changeAddress, useAddress } from "@/hooks/useAddress";
import { useNow } from "@/hooks/useNow";
import { MINUTE_MS, parseInstant } from "@/lib/time";
import { isUnconfirmed } from "../episodeText";
import { useAlertTexts } from "../texts";
import { EpisodeList } from "./EpisodeList";
import { useNotifications } from "./useNotifications";

export function Bell() {
  const texts = useAlertTexts();
  const [{ episode }] = useAddress();
  const [isOpen, setOpen] = useState(false);
  const { answer } = useEpisodes();
  const now = useNow(MINUTE_MS);
  useNotifications();
  const firing = (answer?.episodes ?? []).filter((one) => isLoud(one, now)).length;
  const name = texts.bell(firing);
  const turn = (next: boolean) => {
    setOpen(next);
    if (!next) changeAddress({ episode: null }, "replace");
  };
  return (
    <>
      <Popover.Root open={isOpen || episode !== null} onOpenChange={turn}>
        <Popover.Trigger asChild>
          <Button variant="ghost" square aria-label={name} title={name} className="relative">
            <BellIcon size={16} aria-hidden="true" />
            {firing > 0 && <Count of={firing} />}
          </Button>
        </Popover.Trigger>
        <Popover.Portal container={document.querySelector("main")}>
          <Popover.Content
            align="end"
            sideOffset={8}
            collisionPadding={8}
            aria-label={texts.title}
            className="z-50 flex max-h-[min(36rem,var(--radix-popover-content-available-height))] w-[26rem] max-w-[calc(100vw-1rem)] animate-appear flex-col overflow-hidden rounded-2xl border border-line bg-raised text-sm shadow-pop outline-none"
          >
            <EpisodeList opened={episode} onDone={() => turn(false)} />
          </Popover.Content>
        </Popover.Portal>
      </Popover.Root>
      <span role="status" className="sr-only">
        {firing > 0 && name}
      </span>
    </>
  );
}

/** A snoozed or confirmed alert asks for no attention. */
function isLoud(episode: Episode, now: number): boolean {
  if ((parseInstant(episode.snoozed_until) ?? 0) > now) return false;
  const isFiring = episode.state === "firing" && episode.confirmed_at === null;
  return isFiring || isUnconfirmed(episode, now);
}

function Count({ of }: { of: number }) {
  return (
    <span
      aria-hidden="true"
      className="figure-nums absolute top-0 right-0 flex h-4 min-w-4 items-center justify-center rounded-full border-2 border-canvas bg-bad px-0.5 text-[0.625rem] leading-none font-semibold text-surface forced-colors:border-[CanvasText]"
    >
      {of}
    </span>
  );
}
