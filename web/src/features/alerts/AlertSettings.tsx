import { useId } from "react";
import type { Settings } from "@/api/types";
import { useChannels, useRules } from "@/api/useAlerts";
import { Skeleton } from "@/components/ui/Skeleton";
import { Channels } from "./channels/Channels";
import { Delivery } from "./delivery/Delivery";
import { Rules } from "./rules/Rules";
import { useAlertSettingsTexts } from "./settingsTexts";

/** The section of the settings about alerts: where they go, what alerts, and when. */
export function AlertSettings({ settings }: { settings: Settings }) {
  const texts = useAlertSettingsTexts();
  const id = useId();
  return (
    <section aria-labelledby={id} className="flex min-w-0 flex-col gap-5 text-sm">
      <div>
        <h2 id={id} className="text-xl font-semibold tracking-tight">
          {texts.title}
        </h2>
        <p className="mt-0.5 text-sm text-muted">{texts.intro}</p>
      </div>
      <Lists />
      <Delivery settings={settings} />
    </section>
  );
}

function Lists() {
  const texts = useAlertSettingsTexts();
  const rules = useRules();
  const channels = useChannels();
  if (rules.answer && channels.answer) {
    return (
      <>
        <Channels channels={channels.answer.channels} />
        <Rules rules={rules.answer.rules} channels={channels.answer.channels} />
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
