import { type ReactNode, useId, useState } from "react";
import { alerts, type Channel, type Rule, type RulePatch } from "@/api/alerts";
import { useAlertCommand } from "@/api/useAlerts";
import { Button } from "@/components/ui/Button";
import { Question } from "@/components/ui/Question";
import { Select } from "@/components/ui/Select";
import { Switch } from "@/components/ui/Switch";
import { useFormat } from "@/i18n";
import { fromShown, toShown } from "@/i18n/amount";
import { SECOND_MS } from "@/lib/time";
import { useAlertSettingsTexts } from "../settingsTexts";
import { InlineNumber } from "./InlineFields";
import { DURATIONS_S, HAS_RECOVERY, IS_AMOUNT, REPEATS_S, withPresent } from "./kinds";

interface Props {
  readonly rule: Rule;
  readonly channels: readonly Channel[];
  readonly onChange: (patch: RulePatch) => void;
}

/** What is rarely changed: channels, urgency, duration, repetition and recovery. */
export function RuleDetails({ rule, channels, onChange }: Props) {
  const { rules } = useAlertSettingsTexts();
  const format = useFormat();
  const lengthOf = (seconds: number) => format.length(seconds * SECOND_MS);
  const repeats = withPresent(REPEATS_S, rule.repeat_s ?? REPEATS_S[0]);
  return (
    <div className="flex flex-col gap-3">
      {channels.length > 1 && <ChannelChoice {...{ rule, channels, onChange }} />}
      <Row label={rules.urgent} hint={rules.urgentHint}>
        {(control) => (
          <Switch
            {...control}
            checked={rule.urgent}
            onCheckedChange={(urgent) => onChange({ urgent })}
          />
        )}
      </Row>
      <Row label={rules.forS} hint={rules.forHint}>
        {(control) => (
          <Select
            {...control}
            value={String(rule.for_s)}
            options={withPresent(DURATIONS_S, rule.for_s).map((s) => ({
              value: String(s),
              label: s === 0 ? rules.atOnce : lengthOf(s),
            }))}
            onChange={(picked) => onChange({ for_s: Number(picked) })}
          />
        )}
      </Row>
      <Row label={rules.repeat} hint={rules.repeatHint}>
        {(control) => (
          <Select
            {...control}
            value={String(rule.repeat_s ?? "")}
            options={[
              { value: "", label: rules.once },
              ...repeats.map((s) => ({ value: String(s), label: rules.every(lengthOf(s)) })),
            ]}
            onChange={(picked) => onChange({ repeat_s: picked === "" ? null : Number(picked) })}
          />
        )}
      </Row>
      {HAS_RECOVERY.has(rule.kind) && <Recovery {...{ rule, onChange }} />}
      <DeleteRule rule={rule} />
    </div>
  );
}

function Recovery({ rule, onChange }: Pick<Props, "rule" | "onChange">) {
  const { rules } = useAlertSettingsTexts();
  const { unit: account } = useFormat();
  const unit = IS_AMOUNT.has(rule.kind) ? account : "credits";
  const value = rule.recover_at === null ? null : toShown(rule.recover_at, unit);
  return (
    <Row label={rules.recover} hint={rules.recoverHint}>
      {() => (
        <InlineNumber
          label={rules.recover}
          value={value}
          isOptional
          placeholder={rules.automatic}
          onChange={(shown) =>
            onChange({ recover_at: shown === null ? null : fromShown(shown, unit) })
          }
        />
      )}
    </Row>
  );
}

/** The channels that are tried, in their order; none chosen means all. */
function ChannelChoice({ rule, channels, onChange }: Props) {
  const { rules } = useAlertSettingsTexts();
  const turn = (id: string, isOn: boolean) =>
    onChange({
      channels: isOn ? [...rule.channels, id] : rule.channels.filter((one) => one !== id),
    });
  return (
    <fieldset>
      <legend className="font-medium">{rules.channels}</legend>
      <p className="text-xs text-faint">{rules.channelsHint}</p>
      <div className="flex flex-wrap gap-x-5 gap-y-1 pt-1.5">
        {channels.map(({ id, name }) => (
          <label key={id} className="touchable inline-flex items-center gap-2">
            <input
              type="checkbox"
              checked={rule.channels.includes(id)}
              onChange={(event) => turn(id, event.target.checked)}
              className="size-4 accent-[var(--color-accent)]"
            />
            <span>{name}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

interface RowProps {
  readonly label: string;
  readonly hint: string;
  readonly children: (control: {
    readonly id: string;
    readonly "aria-describedby": string;
  }) => ReactNode;
}

function Row({ label, hint, children }: RowProps) {
  const id = useId();
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-1">
      <div className="min-w-0 flex-1 basis-48">
        <label htmlFor={id} className="font-medium">
          {label}
        </label>
        <p id={`${id}-hint`} className="text-xs text-faint">
          {hint}
        </p>
      </div>
      {children({ id, "aria-describedby": `${id}-hint` })}
    </div>
  );
}

function DeleteRule({ rule }: { rule: Rule }) {
  const { rules } = useAlertSettingsTexts();
  const [isAsking, setAsking] = useState(false);
  const { mutate } = useAlertCommand(alerts.deleteRule);
  if (isAsking) {
    return (
      <Question
        text={rules.deleteQuestion(rules.menu[rule.kind])}
        yes={rules.delete}
        onNo={() => setAsking(false)}
        onYes={() => mutate(rule.id)}
      />
    );
  }
  return (
    <Button variant="danger" size="small" className="self-start" onClick={() => setAsking(true)}>
      {rules.delete}
    </Button>
  );
}
