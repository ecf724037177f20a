import { type FormEvent, type ReactNode, useState } from "react";
import type { Channel, ChannelKind } from "@/api/alerts";
import { Field, TextInput } from "@/components/ui/Field";
import { useAlertSettingsTexts } from "../settingsTexts";
import { ChannelField } from "./ChannelField";
import { type FieldSpec, FORMS, type Values } from "./forms";
import { missingFields } from "./target";

export interface Entered {
  readonly name: string;
  readonly values: Values;
}

interface Props {
  readonly kind: ChannelKind;
  /** The stored channel; undefined for a new one. */
  readonly channel: Channel | undefined;
  /** Why the server refused a field. */
  readonly refusal: { readonly field: string | undefined; readonly text: string } | null;
  /** `onSaved` clears the fields: stored values are not shown. */
  readonly onSubmit: (entered: Entered, onSaved: () => void) => void;
  readonly children: ReactNode;
}

/** Name, address and secret of a channel. Stored secrets are never shown. */
export function ChannelForm({ kind, channel, refusal, onSubmit, children }: Props) {
  const { channels, required } = useAlertSettingsTexts();
  const [name, setName] = useState(channel?.name ?? channels.kinds[kind]);
  const [values, setValues] = useState<Values>({});
  const [isTried, setTried] = useState(false);
  const missing = missingFields(kind, values, channel);
  const clear = () => {
    setValues({});
    setTried(false);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (missing.length > 0 || !name.trim()) return;
    onSubmit({ name: name.trim(), values }, clear);
  };
  const { fields } = FORMS[kind];
  const errorOf = (field: string) => (refusal?.field === field ? refusal.text : undefined);
  const row = (spec: FieldSpec) => (
    <ChannelField
      key={spec.name}
      spec={spec}
      value={values[spec.name] ?? ""}
      stored={channel}
      error={isTried && missing.includes(spec.name) ? required : errorOf(spec.name)}
      onChange={(value) => setValues((before) => ({ ...before, [spec.name]: value }))}
    />
  );
  const rare = fields.filter(({ isRare }) => isRare);
  return (
    <form onSubmit={submit} noValidate autoComplete="off" className="flex flex-col gap-4">
      <p className="text-sm text-balance text-muted">{channels.help[kind]}</p>
      {fields.filter(({ isRare }) => !isRare).map(row)}
      <Field
        label={channels.fields.name}
        error={isTried && !name.trim() ? required : errorOf("name")}
      >
        {(control) => (
          <TextInput
            {...control}
            value={name}
            maxLength={64}
            onChange={(event) => setName(event.target.value)}
          />
        )}
      </Field>
      {rare.length > 0 && (
        <details>
          <summary className="touchable inline-flex items-center rounded-md text-sm text-muted hover:text-ink">
            {channels.more}
          </summary>
          <div className="flex flex-col gap-4 pt-3">{rare.map(row)}</div>
        </details>
      )}
      {refusal && !KNOWN.includes(refusal.field ?? "") && (
        <p role="alert" className="text-xs text-bad">
          {refusal.text}
        </p>
      )}
      {children}
    </form>
  );
}

/** Fields of a refusal that the form shows at the field. */
const KNOWN = ["url", "secret", "name"];
