import { useState } from "react";
import { TextInput } from "@/components/ui/Field";
import { useFormat } from "@/i18n";
import { amountDraft, amountOf } from "@/i18n/amount";
import { useRecordsTexts } from "./texts";

interface Props {
  readonly value: number | null;
  readonly onChange: (value: number | null) => void;
}

/** The least that a request may have cost to be shown, in the account's unit. */
export function LeastCredits({ value, onChange }: Props) {
  const { filters } = useRecordsTexts();
  const { unit } = useFormat();
  const [draft, setDraft] = useState(amountDraft(value, unit));
  const write = (text: string) => {
    const digits = text.replace(unit === "yuan" ? /[^\d.]/g : /\D/g, "").slice(0, 9);
    setDraft(digits);
    onChange(amountOf(digits, unit));
  };
  // Another change of the filter, such as "clear", replaces the typed text.
  const isCurrent = amountOf(draft, unit) === value;
  return (
    <span className="md:w-32">
      <TextInput
        aria-label={filters.least[unit]}
        placeholder={filters.least[unit]}
        inputMode={unit === "yuan" ? "decimal" : "numeric"}
        autoComplete="off"
        value={isCurrent ? draft : amountDraft(value, unit)}
        onChange={(event) => write(event.target.value)}
        className="figure-nums"
      />
    </span>
  );
}
