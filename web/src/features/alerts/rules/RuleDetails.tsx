import type { Channel, Rule, RulePatch } from "@/api/alerts";
import { Select } from "@/components/ui/Select";
import { Switch } from "@/components/ui/Switch";
import { useFormat } from "@/i18n";
import { fromShown, MAX_AMOUNT, toShown } from "@/i18n/amount";
import { SECOND_MS } from "@/lib/time";
import { useAlertSettingsTexts } from "../settingsTexts";
import { ChannelChoice } from "./ChannelChoice";
import { DeleteRule } from "./DeleteRule";
import { InlineNumber } from "./InlineFields";
import { DURATIONS_S, HAS_RECOVERY, IS_AMOUNT, REPEATS_S, withPresent } from "./kinds";
import { RuleOption } from "./RuleOption";

interface Props {
  readonly rule: Rule;
  readonly channels: readonly Channel[];
  readonly onChange: (patch: RulePatch) => void;
}

/** Values that are rarely changed: channels, urgency, duration, repetition and recovery. */
export function RuleDetails({ rule, channels, onChange }: Props) {
  const { rules } = useAlertSettingsTexts();
  const format = useFormat();
  const lengthOf = (seconds: number) => format.length(seconds * SECOND_MS);
  const repeats = withPresent(REPEATS_S, rule.repeat_s ?? REPEATS_S[0]);
  return (
    <div className="flex flex-col gap-3">
      {channels.length > 1 && <ChannelChoice {...{ rule, channels, onChange }} />}
      <RuleOption label={rules.urgent} hint={rules.urgentHint}>
        {(control) => (
          <Switch
            {...control}
            checked={rule.urgent}
            onCheckedChange={(urgent) => onChange({ urgent })}
          />
        )}
      </RuleOption>
      <RuleOption label={rules.forS} hint={rules.forHint}>
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
      </RuleOption>
      <RuleOption label={rules.repeat} hint={rules.repeatHint}>
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
      </RuleOption>
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
    <RuleOption label={rules.recover} hint={rules.recoverHint}>
      {() => (
        <InlineNumber
          label={rules.recover}
          value={value}
          most={toShown(MAX_AMOUNT, unit)}
          isOptional
          placeholder={rules.automatic}
          onChange={(shown) =>
            onChange({ recover_at: shown === null ? null : fromShown(shown, unit) })
          }
        />
      )}
    </RuleOption>
  );
}
