import { CloudOff, DatabaseZap, Gauge, ShieldAlert, Unplug } from "lucide-react";
import { useEffect, useState } from "react";
import { useRefresh } from "@/api/commands";
import { useConnection, useSettings, useStatus } from "@/api/LiveContext";
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
export function LinkNotice() {
  const status = useStatus();
  const isGone = useIsGone();
  if (isGone) return <ServerStrip />;
  if (status === null) return null;
  const trouble = troubleOf(status.link);
  if (trouble) return <TroubleNotice link={status.link} trouble={trouble} />;
  return status.link.pace && <PaceNotice sooner={status.link.pace.interval_s} />;
}

/** No fault, but answers that do not overlap: why polls come sooner than they were set to. */
function PaceNotice({ sooner }: { sooner: number }) {
  const { strip } = useMessages().dashboard;
  const format = useFormat();
  const settings = useSettings();
  if (settings === null) return null;
  const written = (seconds: number) => format.duration(seconds * SECOND_MS);
  return (
    <Notice tone="calm" icon={<Gauge size={16} aria-hidden="true" className="text-faint" />}>
      {strip.catchingUp(written(sooner), written(settings.poll_interval_s))}{" "}
      <span className="text-muted">{strip.catchingUpUntil}</span>
    </Notice>
  );
}

function TroubleNotice({ link, trouble }: { link: Link; trouble: Trouble }) {
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
