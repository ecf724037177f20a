import { type KeyboardEvent, useState } from "react";
import { useChangeSettings } from "@/api/commands";
import { BASE } from "@/api/http";
import { Button } from "@/components/ui/Button";
import { Field, TextInput } from "@/components/ui/Field";
import { useAlertSettingsTexts } from "../settingsTexts";

/** The address that messages link to; the server cannot know how it is reached from a phone. */
export function PageAddress({ address }: { address: string | null }) {
  const { delivery } = useAlertSettingsTexts();
  const { mutate, error } = useChangeSettings();
  const [draft, setDraft] = useState<string | null>(null);
  const save = (text: string) => {
    setDraft(null);
    const next = text.trim() || null;
    if (next !== address) mutate({ page_url: next });
  };
  const commit = () => {
    if (draft !== null) save(draft);
  };
  const commitByKey = (event: KeyboardEvent) => {
    if (event.key === "Enter") commit();
  };
  return (
    <div className="px-4 py-3">
      <Field
        label={delivery.pageUrl}
        hint={delivery.pageUrlHint}
        error={error ? delivery.pageUrlRefused : undefined}
      >
        {(control) => (
          <div className="flex flex-wrap gap-2">
            <TextInput
              {...control}
              inputMode="url"
              autoComplete="off"
              spellCheck={false}
              placeholder={BASE}
              value={draft ?? address ?? ""}
              onChange={(event) => setDraft(event.target.value)}
              onBlur={commit}
              onKeyDown={commitByKey}
              className="w-auto min-w-0 flex-1 basis-56"
            />
            {(draft ?? address) !== BASE && (
              <Button className="h-9" onClick={() => save(BASE)}>
                {delivery.takeThis(new URL(BASE).host)}
              </Button>
            )}
          </div>
        )}
      </Field>
    </div>
  );
}
