import { useId, useState } from "react";
import type { Settings } from "@/api/types";
import { useChannels, useRules } from "@/api/useAlerts";
import { Skeleton } from "@/components/ui/Skeleton";
import { Channels } from "./channels/Channels";
import { Delivery } from "./delivery/Delivery";
import { MessagePreview } from "./preview/MessagePreview";
import { Rules } from "./rules/Rules";
import { useAlertSettingsTexts } from "./settingsTexts";

/** The section of the settings about alerts: where they go, what alerts, and when. */
export function AlertSettings({ settings }: { settings: Settings }) {
  const texts = useAlertSettingsTexts();
  const id = useId();
  const [opened, setOpened] = useState<string | null>(null);
  return (
    <section aria-labelledby={id} data-wide="" className="flex min-w-0 flex-col gap-5 text-sm">
      <div>
        <h2 id={id} className="text-xl font-semibold tracking-tight">
          {texts.title}
        </h2>
        <p className="mt-0.5 text-sm text-muted">{texts.intro}</p>
      </div>
      <div className="grid items-start gap-x-8 gap-y-5 xl:grid-cols-[minmax(0,1fr)_19rem]">
        <div className="flex min-w-0 flex-col gap-5">
          <Lists onOpened={setOpened} />
        </div>
        <div className="flex min-w-0 flex-col gap-5">
          <MessagePreview chosen={opened} />
          <Delivery settings={settings} />
        </div>
      </div>
    </section>
  );
}

function Lists({ onOpened }: { onOpened: (rule: string) => void }) {
  const texts = useAlertSettingsTexts();
  const rules = useRules();
  const channels = useChannels();
  if (rules.answer && channels.answer) {
    return (
      <>
        <Channels channels={channels.answer.channels} />
        <Rules rules={rules.answer.rules} channels={channels.answer.channels} onOpened={onOpened} />
      </>
    );
  }
  if (rules.error ?? channels.error) {
    return (
      <p role="alert" className="text-sm text-bad">
        {texts.failed}
      </p>
    );
  }
  return (
    <>
      <Skeleton className="h-44" />
      <Skeleton className="h-56" />
    </>
  );
}
