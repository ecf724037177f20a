import { type KeyboardEvent, useState } from "react";
import { Field, TextInput } from "@/components/ui/Field";

interface Props {
  readonly label: string;
  readonly hint: string;
  readonly value: number | null;
  readonly min: number;
  readonly max: number;
  /** Why it was refused; undefined where it was not. */
  readonly error: string | undefined;
  readonly refusal: string;
  readonly onChange: (value: number) => void;
}

/** A field for a whole number, saved on Enter or when it loses the focus. */
export function NumberField(props: Props) {
  const { label, hint, value, min, max, error, refusal, onChange } = props;
  const [draft, setDraft] = useState(value === null ? "" : String(value));
  const [isOff, setOff] = useState(false);
  const commit = () => {
    const number = Number(draft);
    const isGood = /^\d+$/.test(draft.trim()) && number >= min && number <= max;
    setOff(!isGood && draft.trim() !== "");
    if (isGood && number !== value) onChange(number);
  };
  const commitByKey = (event: KeyboardEvent) => {
    if (event.key === "Enter") commit();
  };
  return (
    <Field label={label} hint={hint} error={isOff ? refusal : error}>
      {(control) => (
        <TextInput
          {...control}
          inputMode="numeric"
          autoComplete="off"
          value={draft}
          onChange={(event) => setDraft(event.target.value)}
          onBlur={commit}
          onKeyDown={commitByKey}
          className="figure-nums"
        />
      )}
    </Field>
  );
}
