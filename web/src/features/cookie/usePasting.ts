/**
 * The pasted text on its way to the server. It is kept only in this state, and only until the
 * server has accepted it: never in an address, a storage or a log.
 */
import { useState } from "react";
import { api } from "@/api/client";
import { useSaveCookie } from "@/api/commands";
import { useLive } from "@/api/LiveContext";
import { Problem } from "@/api/problem";
import type { CookieInput, CookieSaved } from "@/api/types";

type Choices = Omit<CookieInput, "cookie">;

/** The limit of the server; a longer text is refused without sending it. */
const MOST_CHARACTERS = 64 * 1024;

const TOO_LARGE = new Problem({ status: 413, code: "cookie_too_large", detail: "" });

export interface Pasting {
  readonly text: string;
  readonly isChecking: boolean;
  readonly problem: Problem | null;
  /** The options of the last submission. */
  readonly choices: Choices;
  readonly write: (text: string) => void;
  readonly submit: (text: string, choices?: Choices) => void;
}

/** `origin`: the site that the user chose for the cookie; null keeps the present one. */
export function usePasting(onSaved: (saved: CookieSaved) => void, origin: string | null): Pasting {
  const live = useLive();
  const save = useSaveCookie();
  const [text, setText] = useState("");
  const [choices, setChoices] = useState<Choices>({});
  const [refused, setRefused] = useState<Problem | null>(null);

  const write = (written: string) => {
    setText(written);
    setRefused(null);
    if (!save.isPending) save.reset();
  };

  const submit = (pasted: string, chosen: Choices = {}) => {
    if (save.isPending) return;
    if (pasted.length > MOST_CHARACTERS) {
      setText("");
      setRefused(TOO_LARGE);
      return;
    }
    setText(pasted);
    setRefused(null);
    setChoices(chosen);
    save.mutate(
      { cookie: pasted, ...(origin !== null && { origin }), ...chosen },
      {
        onSuccess: (saved) => {
          setText("");
          save.reset();
          onSaved(saved);
          // The stream sends the status too, but may be interrupted at the moment.
          api.status().then(
            (status) => live.applyAnswer({ status }),
            () => undefined,
          );
        },
      },
    );
  };

  const problem = refused ?? save.error;
  return { text, isChecking: save.isPending, problem, choices, write, submit };
}
