import type { AccountHistory } from "@/api/types";
import type { ChartMark } from "@/components/chart/Annotations";
import type { Format } from "@/i18n/format";
import type { AnnotationTexts } from "./texts";

/** Return a mark for each change of the account; the hourly recovery is a small one. */
export function marksOf(
  { events }: Pick<AccountHistory, "events">,
  texts: AnnotationTexts["events"],
  format: Format,
): readonly ChartMark[] {
  return events.map(({ t, kind, amount }) => {
    const label = texts[kind](format.signedAmount(amount));
    return kind === "recovery" ? { t, label, isMinor: true } : { t, label };
  });
}
