import { type ComponentProps, useState } from "react";
import { useFormat } from "@/i18n";
import { amountDraft, amountOf } from "@/i18n/amount";
import { TextInput } from "./Field";

interface Props extends Omit<ComponentProps<"input">, "value" | "onChange"> {
  readonly value: number;
  readonly onChange: (value: number) => void;
}

/** An amount in the account's unit, saved on Enter or when the field loses the focus. */
export function AmountField({ value, onChange, ...rest }: Props) {
  const { unit } = useFormat();
  const [draft, setDraft] = useState(amountDraft(value, unit));
  const commit = () => {
    const amount = amountOf(draft, unit);
    if (amount === null) setDraft(amountDraft(value, unit));
    else if (amount !== value) onChange(amount);
  };
  return (
    <TextInput
      {...rest}
      inputMode={unit === "yuan" ? "decimal" : "numeric"}
      autoComplete="off"
      value={draft}
      onChange={(event) => setDraft(event.target.value)}
      onBlur={commit}
      onKeyDown={(event) => event.key === "Enter" && commit()}
      className="figure-nums"
    />
  );
}
