/** One use of the reset, and its outcome in words. */
import { useMutation } from "@tanstack/react-query";
import { api } from "@/api/client";
import type { Problem } from "@/api/problem";
import type { ResetDone } from "@/api/types";
import { useFormat, useMessages } from "@/i18n";
import { problemText } from "@/i18n/problemText";
import { type AccountTexts, useAccountTexts } from "./texts";

export interface ResetOutcome {
  readonly text: string;
  readonly isGood: boolean;
}

export function useReset() {
  const { reset: texts } = useAccountTexts();
  const messages = useMessages();
  const format = useFormat();
  // A lost answer does not say whether the reset was used: it is never asked for again.
  const { mutate, isPending, data, error } = useMutation<ResetDone, Problem, void>({
    mutationFn: () => api.reset(),
    retry: false,
  });
  const outcome: ResetOutcome | null = error
    ? { text: problemText(messages, error), isGood: false }
    : data
      ? { text: doneText(data, texts, format.amountWithUnit), isGood: true }
      : null;
  return { use: () => mutate(), isBusy: isPending, outcome };
}

function doneText(
  { amount }: ResetDone,
  texts: AccountTexts["reset"],
  write: (amount: number) => string,
): string {
  return amount === null ? texts.doneUnknown : texts.done(write(Number(amount)));
}
