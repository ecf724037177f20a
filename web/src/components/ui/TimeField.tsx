import { type ComponentProps, useState } from "react";
import { cn } from "@/lib/cn";
import { timeOfDay } from "@/lib/timeOfDay";
import { TextInput } from "./Field";

interface Props extends Omit<ComponentProps<"input">, "value" | "onChange" | "type"> {
  /** `HH:MM` */
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/**
 * A time of day, saved on Enter and when the field loses the focus. The browser's own field would
 * write it in the browser's language: "12:00 AM" on a page whose times have 24 hours.
 */
export function TimeField({ value, onChange, className, ...rest }: Props) {
  const [draft, setDraft] = useState<string | null>(null);
  const next = draft === null ? null : timeOfDay(draft);
  const isInvalid = next === null && draft !== null && draft !== "";
  const commit = () => {
    if (next !== null && next !== value) onChange(next);
    setDraft(null);
  };
  return (
    <TextInput
      {...rest}
      inputMode="numeric"
      autoComplete="off"
      placeholder="00:00"
      maxLength={5}
      aria-invalid={isInvalid || rest["aria-invalid"]}
      value={draft ?? value}
      onFocus={({ target }) => target.select()}
      onChange={(event) => setDraft(event.target.value)}
      onBlur={commit}
      onKeyDown={(event) => {
        if (event.key === "Enter") commit();
        if (event.key === "Escape") setDraft(null);
      }}
      style={{ width: "4.5rem" }}
      className={cn("figure-nums text-center", className)}
    />
  );
}
