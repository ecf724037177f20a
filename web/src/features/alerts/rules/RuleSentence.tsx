import type { ReactNode } from "react";
import type { Rule, RulePatch } from "@/api/alerts";
import { Select } from "@/components/ui/Select";
import { TimeField } from "@/components/ui/TimeField";
import { useFormat } from "@/i18n";
import { fromShown, MAX_AMOUNT, toShown } from "@/i18n/amount";
import { SECOND_MS } from "@/lib/time";
import { useAlertSettingsTexts } from "../settingsTexts";
import { InlineNumber } from "./InlineFields";
import { MOST, WINDOWS_S, withPresent } from "./kinds";
import { ScopePicker } from "./ScopePicker";
import { piecesOf } from "./sentence";

interface Props {
  readonly rule: Rule;
  readonly onChange: (patch: RulePatch) => void;
}

/** A rule as a sentence; its values can be changed in place. */
export function RuleSentence({ rule, onChange }: Props) {
  const { rules } = useAlertSettingsTexts();
  const controls = useControls(rule, onChange);
  return (
    <div className="flex min-w-0 flex-1 flex-wrap items-center gap-x-2 gap-y-1.5 max-sm:basis-full">
      {piecesOf(rules.sentences[rule.kind]).map((piece) =>
        "name" in piece ? (
          <span key={`{${piece.name}}`} className="contents">
            {controls[piece.name]}
          </span>
        ) : (
          <span key={piece.text}>{piece.text}</span>
        ),
      )}
    </div>
  );
}

/** The controls of a sentence by their names in it. */
function useControls(rule: Rule, onChange: Props["onChange"]): Readonly<Record<string, ReactNode>> {
  const { rules } = useAlertSettingsTexts();
  const { names } = rules;
  const amountOf = (name: "above" | "below") => (
    <Amount
      label={names[name]}
      value={rule[name] ?? (name === "above" ? 0 : null)}
      onChange={(value) => onChange({ [name]: value })}
    />
  );
  const time = (name: "from" | "to") => (
    <TimeField
      aria-label={names[name]}
      value={rule[name] ?? ""}
      onChange={(value) => onChange({ [name]: value })}
      className="font-medium"
    />
  );
  return {
    window: <WindowPicker rule={rule} onChange={onChange} />,
    above: amountOf("above"),
    below: <Balance {...{ rule, onChange }}>{amountOf("below")}</Balance>,
    scope: <ScopePicker rule={rule} onChange={onChange} />,
    from: time("from"),
    to: time("to"),
    times: (
      <InlineNumber
        label={names.times}
        value={rule.times_usual}
        most={MOST.times}
        onChange={(value) => onChange({ times_usual: value })}
      />
    ),
    hours: (
      <InlineNumber
        label={names.hours}
        value={rule.within_h}
        most={MOST.hours}
        onChange={(value) => onChange({ within_h: value })}
      />
    ),
    minutes: (
      <InlineNumber
        label={names.minutes}
        value={rule.minutes}
        most={MOST.minutes}
        onChange={(value) => onChange({ minutes: value })}
      />
    ),
  };
}

interface AmountProps {
  readonly label: string;
  readonly value: number | null;
  readonly onChange: (value: number | null) => void;
}

function Amount({ label, value, onChange }: AmountProps) {
  const { rules } = useAlertSettingsTexts();
  const { unit } = useFormat();
  const isYuan = unit === "yuan";
  return (
    <InlineNumber
      label={label}
      value={value === null ? null : toShown(value, unit)}
      most={toShown(MAX_AMOUNT, unit)}
      prefix={isYuan ? "¥" : undefined}
      suffix={isYuan ? undefined : rules.credits}
      onChange={(shown) => onChange(shown === null ? null : fromShown(shown, unit))}
    />
  );
}

/** A tenth of the maximum, or an amount. */
function Balance({ rule, onChange, children }: Props & { children: ReactNode }) {
  const { rules } = useAlertSettingsTexts();
  const isAmount = rule.below !== null;
  return (
    <>
      <Select
        aria-label={rules.names.below}
        value={isAmount ? "amount" : "tenth"}
        options={[
          { value: "tenth", label: rules.tenth },
          { value: "amount", label: rules.amount },
        ]}
        onChange={(picked) =>
          onChange({ below: picked === "amount" ? 1_000 : null, recover_at: null })
        }
      />
      {isAmount && children}
    </>
  );
}

function WindowPicker({ rule, onChange }: Props) {
  const { rules } = useAlertSettingsTexts();
  const format = useFormat();
  const window = rule.window_s ?? WINDOWS_S[1];
  return (
    <Select
      aria-label={rules.names.window}
      value={String(window)}
      options={withPresent(WINDOWS_S, window).map((s) => ({
        value: String(s),
        label: format.length(s * SECOND_MS),
      }))}
      onChange={(picked) => onChange({ window_s: Number(picked) })}
    />
  );
}
