/** The controls within a rule's sentence; each saves when it is left or on Enter. */
import { type KeyboardEvent, useState } from "react";
import { TextInput } from "@/components/ui/Field";
import { useFormat } from "@/i18n";
import { useAlertSettingsTexts } from "../settingsTexts";
import { numberFrom } from "./sentence";

interface NumberProps {
  readonly label: string;
  /** Null: nothing is entered. */
  readonly value: number | null;
  readonly isOptional?: boolean;
  /** The greatest number that is accepted. */
  readonly most: number;
  readonly placeholder?: string;
  readonly prefix?: string | undefined;
  readonly suffix?: string | undefined;
  readonly onChange: (value: number | null) => void;
}

/** A number as wide as its digits. */
export function InlineNumber(props: NumberProps) {
  const { label, value, isOptional = false, most, placeholder, prefix, suffix, onChange } = props;
  const { rules } = useAlertSettingsTexts();
  const format = useFormat();
  const shown = value === null ? "" : format.number(value);
  const [draft, setDraft] = useState<string | null>(null);
  const text = draft ?? shown;
  const fault = draft === null ? null : faultOf(draft, isOptional, most);
  const isInvalid = fault !== null;
  const commit = () => {
    if (draft === null || isInvalid) return;
    const next = numberFrom(draft);
    setDraft(null);
    if (next !== value) onChange(next);
  };
  return (
    <span className="inline-flex items-center gap-1">
      {prefix && <span className="text-muted">{prefix}</span>}
      <TextInput
        aria-label={label}
        aria-invalid={isInvalid}
        inputMode="decimal"
        autoComplete="off"
        placeholder={placeholder}
        value={text}
        onChange={(event) => setDraft(event.target.value)}
        onBlur={commit}
        onKeyDown={(event) => onEnter(event, commit)}
        style={{ width: placeholder ? "7rem" : `calc(${Math.max(text.length, 2)}ch + 1.75rem)` }}
        className="figure-nums text-center font-medium"
      />
      {suffix && <span>{suffix}</span>}
      {isInvalid && (
        <span role="alert" className="text-xs text-bad">
          {fault === "many" ? rules.atMost(format.number(most)) : rules.invalid}
        </span>
      )}
    </span>
  );
}

function faultOf(draft: string, isOptional: boolean, most: number): "none" | "many" | null {
  const value = numberFrom(draft);
  if (value === null) return isOptional && draft.trim() === "" ? null : "none";
  return value > most ? "many" : null;
}

function onEnter(event: KeyboardEvent, commit: () => void) {
  if (event.key === "Enter") commit();
}
