/** Asks for the access key, or for a login link if there is no key. */
import { useMutation, useQuery } from "@tanstack/react-query";
import { KeyRound } from "lucide-react";
import { type FormEvent, useEffect, useState } from "react";
import { api } from "@/api/client";
import type { Problem } from "@/api/problem";
import { Button } from "@/components/ui/Button";
import { CopyCommand } from "@/components/ui/CopyCommand";
import { Field, TextInput } from "@/components/ui/Field";
import { type Messages, useMessages } from "@/i18n";
import { problemText } from "@/i18n/problemText";

const COMMAND = "creditcurve login";

function refusalText(messages: Messages, problem: Problem, isLink: boolean): string {
  const { key } = messages.common;
  if (problem.code === "key_wrong") return isLink ? key.wrongLink : key.wrong;
  if (problem.status === 429) return messages.common.key.tooMany;
  return problemText(messages, problem);
}

export function KeyForm({ onOpened }: { onOpened: () => void }) {
  const messages = useMessages();
  const { key, name } = messages.common;
  const isLinkNeeded = useIsLinkNeeded(onOpened);
  const [value, setValue] = useState("");
  const open = useMutation<undefined, Problem, string>({
    mutationFn: api.openSession,
    onSuccess: onOpened,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    open.mutate(tokenOf(value));
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
        <p className="text-sm text-muted">{isLinkNeeded ? key.linkIntro : key.intro}</p>
        {isLinkNeeded && (
          <CopyCommand command={COMMAND} label={key.copy(COMMAND)} copiedText={key.copied} />
        )}
        <Field
          label={isLinkNeeded ? key.link : key.label}
          hint={isLinkNeeded ? key.linkHint : key.hint}
          error={open.error ? refusalText(messages, open.error, isLinkNeeded) : undefined}
        >
          {(control) => (
            <TextInput
              {...control}
              type="password"
              autoComplete={isLinkNeeded ? "off" : "current-password"}
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

/** Return whether only a link logs in; call back if this browser has logged in elsewhere. */
function useIsLinkNeeded(onOpened: () => void): boolean {
  const status = useQuery({
    queryKey: ["locked"],
    queryFn: ({ signal }) => api.status(signal),
    retry: false,
  });
  useEffect(() => {
    if (status.isSuccess) onOpened();
  }, [status.isSuccess, onOpened]);
  return (status.error as Problem | null)?.code === "login_required";
}

/** The token of a pasted link; any other text is a key. */
function tokenOf(text: string): string {
  return /[?&#](?:token|login)=([\w-]+)/.exec(text)?.[1] ?? text;
}
