import { Plus } from "lucide-react";
import { useState } from "react";
import type { Channel, ChannelKind } from "@/api/alerts";
import { Button } from "@/components/ui/Button";
import { Group } from "@/components/ui/Section";
import { useAlertSettingsTexts } from "../settingsTexts";
import { ChannelDialog } from "./ChannelDialog";
import { ChannelRow } from "./ChannelRow";
import { KindGrid } from "./KindGrid";

type Open = { readonly channel?: Channel; readonly kind?: ChannelKind };

/** The channels of messages; without any, the kinds to choose from. */
export function Channels({ channels }: { channels: readonly Channel[] }) {
  const { channels: texts } = useAlertSettingsTexts();
  const [open, setOpen] = useState<Open | null>(null);
  const add = (
    <Button size="small" onClick={() => setOpen({})}>
      <Plus size={14} aria-hidden="true" />
      {texts.add}
    </Button>
  );
  return (
    <Group title={texts.title} action={channels.length > 0 && add}>
      {channels.length === 0 ? (
        <div className="p-4">
          <p className="font-medium">{texts.none}</p>
          <p className="mb-3 text-muted">{texts.noneHint}</p>
          <KindGrid onPick={(kind) => setOpen({ kind })} />
        </div>
      ) : (
        <ul className="divide-y divide-line">
          {channels.map((channel) => (
            <ChannelRow
              key={channel.id}
              channel={channel}
              hasOthers={channels.some(({ id, enabled }) => enabled && id !== channel.id)}
              onEdit={() => setOpen({ channel })}
            />
          ))}
        </ul>
      )}
      {open && <ChannelDialog {...open} onClose={() => setOpen(null)} />}
    </Group>
  );
}
