import { type ComponentProps, useState } from "react";
import { cn } from "@/lib/cn";
import { TextInput } from "./Field";

interface Props extends Omit<ComponentProps<"input">, "value" | "onChange" | "type"> {
  /** `HH:MM` */
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** A time of day, saved when it is complete and the field loses the focus. */
export function TimeField({ value, onChange, className, ...rest }: Props) {
  const [draft, setDraft] = useState<string | null>(null);
  const commit = () => {
    if (draft && draft !== value) onChange(draft.slice(0, 5));
    setDraft(null);
  };
  return (
    <TextInput
      {...rest}
      type="time"
      value={draft ?? value}
      onChange={(event) => setDraft(event.target.value)}
      onBlur={commit}
      className={cn("figure-nums w-28 px-2.5", className)}
    />
  );
}
