import { ArrowLeft, Send } from "lucide-react";
import { useState } from "react";
import { alerts, type Channel, type ChannelKind } from "@/api/alerts";
import { useAlertCommand } from "@/api/useAlerts";
import { Button } from "@/components/ui/Button";
import { Dialog } from "@/components/ui/Dialog";
import { chooseNotify } from "@/lib/platform/notifications";
import { useAlertSettingsTexts } from "../settingsTexts";
import { ChannelForm, type Entered } from "./ChannelForm";
import { DeleteChannel } from "./DeleteChannel";
import { KindGrid } from "./KindGrid";
import { KindTile } from "./KindTile";
import { TestResult } from "./TestResult";
import { changesOf, targetOf } from "./target";
import { useRefusal } from "./useRefusal";
import { useTest } from "./useTest";

interface Props {
  /** The channel to edit; undefined for a new one. */
  readonly channel?: Channel | undefined;
  readonly kind?: ChannelKind | undefined;
  readonly onClose: () => void;
}

/** Creates or edits a channel and sends it a test message. */
export function ChannelDialog({ channel, kind: first, onClose }: Props) {
  const { channels } = useAlertSettingsTexts();
  const [kind, setKind] = useState(first ?? channel?.kind ?? null);
  const title =
    kind === null
      ? channels.add
      : channel
        ? channels.edit(channel.name)
        : channels.addKind(channels.kinds[kind]);
  const heading = (
    <span className="flex items-center gap-2.5">
      {kind !== null && <KindTile kind={kind} />}
      <span>{title}</span>
    </span>
  );
  const canGoBack = !channel && first === undefined;
  return (
    <Dialog open onOpenChange={onClose} title={heading} description={null}>
      {kind === null ? (
        <KindGrid onPick={setKind} />
      ) : (
        <Editor
          key={kind}
          kind={kind}
          channel={channel}
          onBack={canGoBack ? () => setKind(null) : null}
          onClose={onClose}
        />
      )}
    </Dialog>
  );
}

interface EditorProps {
  readonly kind: ChannelKind;
  readonly channel: Channel | undefined;
  readonly onBack: (() => void) | null;
  readonly onClose: () => void;
}

function Editor({ kind, channel, onBack, onClose }: EditorProps) {
  const { channels } = useAlertSettingsTexts();
  const { save, saved, error } = useSaving(kind, channel);
  const test = useTest();
  const submit = async (entered: Entered, onSaved: () => void) => {
    if (kind === "browser") await chooseNotify(true);
    save(entered, (id) => {
      onSaved();
      test.send(id);
    });
  };
  const isSending = test.state.kind === "sending";
  return (
    <ChannelForm kind={kind} channel={saved} refusal={useRefusal(error)} onSubmit={submit}>
      <TestResult state={test.state} />
      <div className="flex flex-wrap items-center justify-end gap-2">
        {onBack && !saved && (
          <Button variant="ghost" className="mr-auto" onClick={onBack}>
            <ArrowLeft size={14} aria-hidden="true" />
            {channels.back}
          </Button>
        )}
        {channel && <DeleteChannel channel={channel} onDeleted={onClose} />}
        {test.state.kind === "accepted" && <Button onClick={onClose}>{channels.done}</Button>}
        <Button type="submit" variant="primary" aria-disabled={isSending}>
          <Send size={14} aria-hidden="true" />
          {isSending ? channels.testing : channels.saveAndTest}
        </Button>
      </div>
    </ChannelForm>
  );
}

/** Creates the channel at first; later changes are made to it. */
function useSaving(kind: ChannelKind, channel: Channel | undefined) {
  const [saved, setSaved] = useState(channel);
  const { mutate, error } = useAlertCommand(({ name, values }: Entered) =>
    saved === undefined
      ? alerts.createChannel({ kind, name, ...targetOf(kind, values) })
      : alerts.changeChannel(saved.id, { name, ...changesOf(kind, values) }),
  );
  const save = (entered: Entered, onSaved: (id: string) => void) =>
    mutate(entered, {
      onSuccess: (after) => {
        setSaved(after);
        onSaved(after.id);
      },
    });
  return { save, saved, error };
}
