/** One setting as its control needs it: how to change it, and why the last change was refused. */
import { useChangeSettings } from "@/api/commands";
import type { Problem } from "@/api/problem";
import type { Settings } from "@/api/types";
import { type Messages, useMessages } from "@/i18n";
import { problemText } from "@/i18n/problemText";
import { type SettingsTexts, useSettingsTexts } from "./texts";

export interface Setting {
  readonly change: (change: Partial<Settings>) => void;
  /** Undefined where nothing was refused. */
  readonly error: string | undefined;
  readonly forget: () => void;
}

export function useSetting(field: keyof Settings): Setting {
  const texts = useSettingsTexts();
  const messages = useMessages();
  const { mutate, error, reset } = useChangeSettings();
  return {
    change: (change) => mutate(change),
    error: error ? refusalText(field, error, texts, messages) : undefined,
    forget: reset,
  };
}

function refusalText(
  field: keyof Settings,
  problem: Problem,
  { refused }: SettingsTexts,
  messages: Messages,
): string {
  if (problem.field === field && field in refused) {
    const known: Readonly<Record<string, unknown>> = refused;
    const text = known[field];
    if (typeof text === "string") return text;
  }
  return refused.other(problemText(messages, problem));
}
