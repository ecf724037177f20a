import { useConnection, useLiveState } from "@/api/LiveContext";
import { useIsServerGone } from "@/api/useIsServerGone";
import { useMessages } from "@/i18n";
import { Countdown } from "./Countdown";
import { START } from "./start";

/** `ServerNotice` in its plainest form, until the notices have loaded: a server that has gone cannot send them. */
export function EarlyServerNotice() {
  const { strip } = useMessages().dashboard;
  const isOffline = useConnection() === "offline";
  const retryAtMs = useLiveState((state) => state.retryAtMs);
  if (!useIsServerGone()) return null;
  return (
    <div className="notices">
      <div role="status" className="rounded-2xl border bg-raised p-3.5 text-sm shadow-pop">
        <p className="font-semibold">{isOffline ? strip.offline : strip.gone}</p>
        {!isOffline && (
          <p className="flex flex-wrap gap-x-2">
            <span>{strip.goneHelp}</span>
            <code>{START}</code>
            <span aria-hidden="true">
              <Countdown atMs={retryAtMs} text={strip.reconnect} dueText={strip.reconnecting} />
            </span>
          </p>
        )}
      </div>
    </div>
  );
}
