/**
 * What was pasted, on its way to the server. The text lives in this state alone, and only until
 * the server has taken it: it is in no address, no storage and no log.
 */
import { useState } from "react";
import { api } from "@/api/client";
import { useSaveCookie } from "@/api/commands";
import { useLive } from "@/api/LiveContext";
import { Problem } from "@/api/problem";
import type { CookieInput, CookieSaved } from "@/api/types";

type Choices = Omit<CookieInput, "cookie">;

/** The server takes no more; a longer text need not travel to be refused. */
const MOST_CHARACTERS = 64 * 1024;

const TOO_LARGE = new Problem({ status: 413, code: "cookie_too_large", detail: "" });

export interface Pasting {
  readonly text: string;
  readonly isChecking: boolean;
  readonly problem: Problem | null;
  /** What was last asked for, besides the text. */
  readonly choices: Choices;
  readonly write: (text: string) => void;
  readonly submit: (text: string, choices?: Choices) => void;
}

export function usePasting(onSaved: (saved: CookieSaved) => void): Pasting {
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
      { cookie: pasted, ...chosen },
      {
        onSuccess: (saved) => {
          setText("");
          save.reset();
          onSaved(saved);
          // The stream sends it too, but may be cut off at the moment.
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
