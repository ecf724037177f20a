/** Shows the page, or asks for the access key if the server requires it. */
import { useMutation } from "@tanstack/react-query";
import { KeyRound } from "lucide-react";
import { type FormEvent, type ReactNode, useEffect, useState } from "react";
import { api, onKeyRequired } from "@/api/client";
import { useLive } from "@/api/LiveContext";
import type { Problem } from "@/api/problem";
import { Button } from "@/components/ui/Button";
import { Field, TextInput } from "@/components/ui/Field";
import { type Messages, useMessages } from "@/i18n";
import { problemText } from "@/i18n/problemText";

export function KeyGate({ children }: { children: ReactNode }) {
  const [isLocked, setLocked] = useState(false);
  const live = useLive();
  useEffect(() => {
    const lock = () => setLocked(true);
    const lockIfStreamIs = () => {
      if (live.getState().connection === "locked") lock();
    };
    // The stream may have been refused before the first render.
    lockIfStreamIs();
    const stops = [live.subscribe(lockIfStreamIs), onKeyRequired(lock)];
    return () => {
      for (const stop of stops) stop();
    };
  }, [live]);
  if (!isLocked) return children;
  return (
    <KeyForm
      onOpened={() => {
        setLocked(false);
        live.retry();
      }}
    />
  );
}

function refusalText(messages: Messages, problem: Problem): string {
  if (problem.code === "key_wrong") return messages.common.key.wrong;
  if (problem.status === 429) return messages.common.key.tooMany;
  return problemText(messages, problem);
}

function KeyForm({ onOpened }: { onOpened: () => void }) {
  const messages = useMessages();
  const { key, name } = messages.common;
  const [value, setValue] = useState("");
  const open = useMutation<undefined, Problem, string>({
    mutationFn: api.openSession,
    onSuccess: onOpened,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    open.mutate(value);
  };
  return (
    <main className="grid min-h-dvh place-items-center p-4">
      <form
        onSubmit={submit}
        className="flex w-full max-w-sm flex-col gap-4 rounded-2xl border border-line bg-surface p-6 shadow-card"
      >
        <div className="flex items-center gap-2">
          <KeyRound size={18} aria-hidden="true" className="text-accent" />
          <h1 className="text-base font-semibold">{name}</h1>
        </div>
        <p className="text-sm text-muted">{key.intro}</p>
        <Field
          label={key.label}
          hint={key.hint}
          error={open.error ? refusalText(messages, open.error) : undefined}
        >
          {(control) => (
            <TextInput
              {...control}
              type="password"
              autoComplete="current-password"
              required
              value={value}
              onChange={(event) => setValue(event.target.value)}
            />
          )}
        </Field>
        <Button type="submit" variant="primary" size="large" disabled={open.isPending}>
          {key.submit}
        </Button>
      </form>
    </main>
  );
}
