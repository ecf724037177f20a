/** How often a rule would have alerted, in words. */
import type { Preview } from "@/api/alerts";
import type { Format } from "@/i18n";
import type { AlertSettingsTexts } from "../settingsTexts";

/** `isUnrecorded`: past values are not kept, and only reported alerts are counted. */
export function previewText(
  { count, complete }: Preview,
  isUnrecorded: boolean,
  texts: AlertSettingsTexts["preview"],
  format: Format,
): string {
  if (isUnrecorded) return count === 0 ? texts.neverReported : texts.reported(count);
  if (count === 0) return complete ? texts.never : texts.neverKnown;
  const text = complete ? texts.wouldHave : texts.atLeast;
  return text(format.number(count), count === 1);
}
