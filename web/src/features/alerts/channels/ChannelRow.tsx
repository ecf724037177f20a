import { Send } from "lucide-react";
import { alerts, type Channel } from "@/api/alerts";
import { useAlertCommand } from "@/api/useAlerts";
import { Button } from "@/components/ui/Button";
import { Switch } from "@/components/ui/Switch";
import { useNow } from "@/hooks/useNow";
import { useFormat } from "@/i18n";
import { cn } from "@/lib/cn";
import { MINUTE_MS, parseInstant } from "@/lib/time";
import { momentText } from "../episodeText";
import { useAlertSettingsTexts } from "../settingsTexts";
import { KindTile } from "./KindTile";
import { PermissionNote } from "./PermissionNote";
import { TestResult } from "./TestResult";
import { useTest } from "./useTest";

interface Props {
  readonly channel: Channel;
  readonly hasOthers: boolean;
  readonly onEdit: () => void;
}

/** A channel: its health, a test message, and the way to its fields. */
export function ChannelRow({ channel, hasOthers, onEdit }: Props) {
  const { channels } = useAlertSettingsTexts();
  const test = useTest();
  const turn = useAlertCommand((enabled: boolean) => alerts.changeChannel(channel.id, { enabled }));
  const isOn = turn.isPending ? turn.variables : channel.enabled;
  const isSending = test.state.kind === "sending";
  return (
    <li className="px-4 py-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <KindTile kind={channel.kind} />
        <div className="min-w-0 flex-1 basis-40">
          <p className="flex flex-wrap items-baseline gap-x-2">
            <span className="font-medium break-words">{channel.name}</span>
            {channel.name !== channels.kinds[channel.kind] && (
              <span className="text-xs text-faint">{channels.kinds[channel.kind]}</span>
            )}
          </p>
          <Health channel={channel} hasOthers={hasOthers} />
        </div>
        <Badge channel={channel} />
        <div className="flex items-center gap-2 max-sm:w-full max-sm:pl-12">
          <Button
            size="small"
            aria-label={channels.testOf(channel.name)}
            aria-disabled={isSending}
            onClick={() => test.send(channel.id)}
          >
            <Send size={12} aria-hidden="true" />
            {isSending ? channels.testing : channels.test}
          </Button>
          <Button size="small" aria-label={channels.edit(channel.name)} onClick={onEdit}>
            {channels.editShort}
          </Button>
          <Switch
            aria-label={channels.enabled(channel.name)}
            checked={isOn}
            onCheckedChange={(on) => turn.mutate(on)}
            className="max-sm:ml-auto"
          />
        </div>
      </div>
      {channel.kind === "browser" && <PermissionNote />}
      <TestResult state={test.state} />
    </li>
  );
}

function Health({ channel, hasOthers }: Pick<Props, "channel" | "hasOthers">) {
  const { channels } = useAlertSettingsTexts();
  const format = useFormat();
  const now = useNow(MINUTE_MS);
  const failing = parseInstant(channel.failing_since);
  const success = parseInstant(channel.last_success_at);
  if (failing !== null) {
    return (
      <p className="flex flex-wrap gap-x-1.5 text-xs text-muted">
        <span className="break-words text-bad">{channel.error}</span>
        <span>{`· ${channels.failingSince(momentText(failing, now, format))}`}</span>
        {hasOthers && <span>{`· ${channels.takesOver}`}</span>}
      </p>
    );
  }
  return (
    <p className="text-xs text-muted">
      {success === null ? channels.unused : channels.deliveredAt(momentText(success, now, format))}
    </p>
  );
}

function Badge({ channel: { enabled, failing_since, last_success_at } }: Pick<Props, "channel">) {
  const { channels } = useAlertSettingsTexts();
  const [text, look] = !enabled
    ? [channels.off, "bg-sunken text-muted"]
    : failing_since !== null
      ? [channels.failing, "bg-bad-soft text-bad"]
      : last_success_at !== null
        ? [channels.ok, "bg-good-soft text-good"]
        : [null, ""];
  if (text === null) return null;
  return <span className={cn("rounded-md px-1.5 py-0.5 text-xs font-medium", look)}>{text}</span>;
}
