import { Unplug, WifiOff } from "lucide-react";
import { useConnection, useLive, useLiveState, useStatus } from "@/api/LiveContext";
import { useIsServerGone } from "@/api/useIsServerGone";
import { Button } from "@/components/ui/Button";
import { CopyCommand } from "@/components/ui/CopyCommand";
import { Notice } from "@/components/ui/Notice";
import { useFormat, useMessages } from "@/i18n";
import { parseInstant } from "@/lib/time";
import { Countdown } from "./Countdown";
import { START } from "./start";

/** Says that our own server does not answer, how to start it, and when it is tried again. */
export function ServerNotice() {
  const isGone = useIsServerGone();
  const isOffline = useConnection() === "offline";
  if (!isGone) return null;
  return isOffline ? <OfflineNotice /> : <GoneNotice />;
}

function GoneNotice() {
  const { strip } = useMessages().dashboard;
  const live = useLive();
  const retryAtMs = useLiveState((state) => state.retryAtMs);
  return (
    <Notice
      tone="bad"
      icon={<Unplug size={18} />}
      title={strip.gone}
      countdown={<Countdown atMs={retryAtMs} text={strip.reconnect} dueText={strip.reconnecting} />}
      actions={<Button onClick={() => live.retry()}>{strip.reconnectNow}</Button>}
    >
      <span className="flex flex-wrap items-center gap-x-2">
        <AsOf /> <span>{strip.goneHelp}</span>{" "}
        <CopyCommand command={START} label={strip.copyCommand(START)} copiedText={strip.copied} />
      </span>
    </Notice>
  );
}

function OfflineNotice() {
  const { strip } = useMessages().dashboard;
  return (
    <Notice tone="warn" icon={<WifiOff size={18} />} title={strip.offline}>
      <AsOf />
    </Notice>
  );
}

/** The time of the data that the page shows. */
export function AsOf() {
  const { strip } = useMessages().dashboard;
  const format = useFormat();
  const atMs = parseInstant(useStatus()?.link.last_success_at);
  return <span>{atMs === null ? strip.kept : strip.asOf(format.time(atMs))}</span>;
}
