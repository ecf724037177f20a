import { CloudOff, DatabaseZap, ShieldAlert, Unplug } from "lucide-react";
import { useEffect, useState } from "react";
import { useRefresh } from "@/api/commands";
import { useConnection, useStatus } from "@/api/LiveContext";
import type { Link } from "@/api/types";
import { Button } from "@/components/ui/Button";
import { Notice } from "@/components/ui/Notice";
import { changeAddress } from "@/hooks/useAddress";
import { useNow } from "@/hooks/useNow";
import { useFormat, useMessages } from "@/i18n";
import { problemText } from "@/i18n/problemText";
import { parseInstant, SECOND_MS } from "@/lib/time";

const ICONS = { degraded: CloudOff, blocked: ShieldAlert, storage_error: DatabaseZap } as const;
type Trouble = keyof typeof ICONS;

function troubleOf({ state }: Link): Trouble | null {
  return state === "degraded" || state === "blocked" || state === "storage_error" ? state : null;
}

/** A fault that passes, told quietly: what it is, and when it is tried again. */
export function LinkStrip() {
  const status = useStatus();
  const isGone = useIsGone();
  if (isGone) return <ServerStrip />;
  const trouble = status && troubleOf(status.link);
  return status && trouble ? <TroubleStrip link={status.link} trouble={trouble} /> : null;
}

function TroubleStrip({ link, trouble }: { link: Link; trouble: Trouble }) {
  const messages = useMessages();
  const { strip } = messages.dashboard;
  const refresh = useRefresh();
  const Icon = ICONS[trouble];
  const code = link.code ?? trouble;
  return (
    <Notice
      tone="warn"
      icon={<Icon size={16} aria-hidden="true" />}
      actions={
        <>
          {trouble === "blocked" && (
            <Button size="small" onClick={() => changeAddress({ dialog: "cookie" })}>
              {strip.pasteCookie}
            </Button>
          )}
          <Button size="small" disabled={refresh.isPending} onClick={() => refresh.mutate()}>
            {strip.tryNow}
          </Button>
        </>
      }
    >
      <span className="font-medium">{problemText(messages, { code, detail: link.detail })}</span>{" "}
      <span className="text-muted">{trouble === "blocked" ? strip.blockedHelp : strip.kept}</span>{" "}
      <Countdown at={parseInstant(link.next_poll_at)} />
    </Notice>
  );
}

/** Ticks for the eye; a screen reader hears the news, not every second. */
function Countdown({ at }: { at: number | null }) {
  const { strip } = useMessages().dashboard;
  const format = useFormat();
  const now = useNow(SECOND_MS);
  if (at === null) return null;
  const wait = at - now;
  return (
    <span aria-hidden="true" className="text-muted figure-nums">
      {wait < SECOND_MS ? strip.nextTryNow : strip.nextTry(format.duration(wait))}
    </span>
  );
}

const PATIENCE_MS = 8_000;

/** Whether our own server has been away for longer than a restart takes. */
function useIsGone(): boolean {
  const connection = useConnection();
  const isAway = connection === "reconnecting" || connection === "offline";
  const [isGone, setGone] = useState(false);
  useEffect(() => {
    if (!isAway) {
      setGone(false);
      return;
    }
    const timer = setTimeout(() => setGone(true), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, [isAway]);
  return isAway && isGone;
}

function ServerStrip() {
  const { strip } = useMessages().dashboard;
  const format = useFormat();
  const known = parseInstant(useStatus()?.link.last_attempt_at);
  return (
    <Notice tone="warn" icon={<Unplug size={16} aria-hidden="true" />}>
      {known === null ? strip.noServerYet : strip.noServer(format.instant(known))}
    </Notice>
  );
}
