import type { ComponentProps } from "react";
import type { Channel } from "@/api/alerts";
import { Field, TextInput } from "@/components/ui/Field";
import { Select } from "@/components/ui/Select";
import { useAlertSettingsTexts } from "../settingsTexts";
import type { FieldSpec } from "./forms";

const SECURITIES = ["smtps", "smtp"] as const;

interface Props {
  readonly spec: FieldSpec;
  readonly value: string;
  /** The stored channel; its values may be left out. */
  readonly stored: Channel | undefined;
  readonly error: string | undefined;
  readonly onChange: (value: string) => void;
}

/** One field of a channel. A secret is entered like a password, and a stored one is not shown. */
export function ChannelField({ spec, value, stored, error, onChange }: Props) {
  const { channels } = useAlertSettingsTexts();
  const kept = useKeptText(spec, stored);
  const label = (
    <>
      <span>{channels.fields[spec.label]}</span>
      {spec.isOptional && (
        <span className="ml-1.5 text-xs font-normal text-faint">{channels.optional}</span>
      )}
    </>
  );
  const placeholder = kept === undefined ? spec.placeholder : undefined;
  return (
    <Field label={label} hint={kept} error={error}>
      {(control) =>
        spec.name === "security" ? (
          <Select
            {...control}
            value={value || SECURITIES[0]}
            options={SECURITIES.map((scheme) => ({
              value: scheme,
              label: channels.securities[scheme],
            }))}
            onChange={onChange}
          />
        ) : (
          <TextInput
            {...control}
            {...inputOf(spec)}
            placeholder={placeholder}
            value={value}
            onChange={(event) => onChange(event.target.value)}
          />
        )
      }
    </Field>
  );
}

function useKeptText({ name, isSecret }: FieldSpec, stored: Channel | undefined) {
  const { channels } = useAlertSettingsTexts();
  if (stored === undefined) return undefined;
  if (isSecret) return stored.has_secret ? channels.stored : undefined;
  return name === "url" ? channels.storedAt(stored.url) : undefined;
}

function inputOf({ name, isSecret }: FieldSpec): ComponentProps<"input"> {
  const isAddress = name === "url" || name === "server";
  return {
    type: isSecret ? "password" : "text",
    inputMode: isAddress ? "url" : "text",
    autoComplete: isSecret ? "new-password" : "off",
    spellCheck: false,
  };
}
