import { type ReactNode, useId } from "react";
import { useChangeSettings } from "@/api/commands";
import type { Settings } from "@/api/types";
import { useFixedZone } from "@/api/useFixedZone";
import { Group } from "@/components/ui/Section";
import { Switch } from "@/components/ui/Switch";
import { TimeField } from "@/components/ui/TimeField";
import { useNow } from "@/hooks/useNow";
import { useFormat, useMessages } from "@/i18n";
import { problemText } from "@/i18n/problemText";
import { MINUTE_MS } from "@/lib/time";
import { useAlertSettingsTexts } from "../settingsTexts";
import { PageAddress } from "./PageAddress";

const USUAL_QUIET = { from: "23:00", to: "07:00" };
const USUAL_DIGEST = { at: "08:00", channels: [] };

/** When messages are sent, and the address that they link to. */
export function Delivery({ settings }: { settings: Settings }) {
  const { delivery } = useAlertSettingsTexts();
  const format = useFormat();
  const now = useNow(MINUTE_MS);
  return (
    <Group title={delivery.title}>
      <QuietHours hours={settings.quiet_hours} />
      <Digest digest={settings.digest} />
      <PageAddress address={settings.page_url} />
      <p className="px-4 py-2.5 text-xs text-faint">{delivery.note(format.zoneName(now))}</p>
    </Group>
  );
}

function QuietHours({ hours }: { hours: Settings["quiet_hours"] }) {
  const { delivery } = useAlertSettingsTexts();
  const { mutate, error } = useChangeSettings();
  const zone = useFixedZone();
  const save = (quiet_hours: Settings["quiet_hours"]) => mutate({ quiet_hours, ...zone });
  return (
    <Row
      label={delivery.quiet}
      hint={delivery.quietHint}
      error={useRefusalText(error)}
      isOn={hours !== null}
      onTurn={(isOn) => save(isOn ? USUAL_QUIET : null)}
    >
      {hours && (
        <span className="inline-flex items-center gap-1.5">
          <TimeField
            aria-label={delivery.from}
            value={hours.from}
            onChange={(from) => save({ ...hours, from })}
          />
          <span>–</span>
          <TimeField
            aria-label={delivery.to}
            value={hours.to}
            onChange={(to) => save({ ...hours, to })}
          />
        </span>
      )}
    </Row>
  );
}

function Digest({ digest }: { digest: Settings["digest"] }) {
  const { delivery } = useAlertSettingsTexts();
  const { mutate, error } = useChangeSettings();
  const zone = useFixedZone();
  const save = (digest: Settings["digest"]) => mutate({ digest, ...zone });
  return (
    <Row
      label={delivery.digest}
      hint={delivery.digestHint}
      error={useRefusalText(error)}
      isOn={digest !== null}
      onTurn={(isOn) => save(isOn ? USUAL_DIGEST : null)}
    >
      {digest && (
        <TimeField
          aria-label={delivery.digestAt}
          value={digest.at}
          onChange={(at) => save({ ...digest, at })}
        />
      )}
    </Row>
  );
}

function useRefusalText(error: Parameters<typeof problemText>[1] | null): string | undefined {
  const { refused } = useAlertSettingsTexts();
  const messages = useMessages();
  return error ? refused.other(problemText(messages, error)) : undefined;
}

interface RowProps {
  readonly label: string;
  readonly hint: string;
  readonly error: string | undefined;
  readonly isOn: boolean;
  readonly onTurn: (isOn: boolean) => void;
  readonly children: ReactNode;
}

/** A setting that is off, or on with some values. */
function Row({ label, hint, error, isOn, onTurn, children }: RowProps) {
  const id = useId();
  return (
    <div className="flex min-h-14 flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3">
      <div className="min-w-0 flex-1 basis-52">
        <label htmlFor={id} className="font-medium">
          {label}
        </label>
        <p
          id={`${id}-hint`}
          role={error ? "alert" : undefined}
          className={error ? "text-xs text-bad" : "text-xs text-faint"}
        >
          {error ?? hint}
        </p>
      </div>
      {children}
      <Switch
        id={id}
        aria-describedby={`${id}-hint`}
        checked={isOn}
        onCheckedChange={onTurn}
        className="ml-auto"
      />
    </div>
  );
}
