/** Why the server refused a change of a channel, in the user's language. */
import type { Problem } from "@/api/problem";
import { useMessages } from "@/i18n";
import { problemText } from "@/i18n/problemText";
import { useAlertSettingsTexts } from "../settingsTexts";

export function useRefusal(problem: Problem | null) {
  const { refused } = useAlertSettingsTexts();
  const messages = useMessages();
  if (problem === null) return null;
  const { field } = problem;
  const isKnown = field === "url" || field === "secret" || field === "name";
  return { field, text: isKnown ? refused[field] : refused.other(problemText(messages, problem)) };
}
