import { useChangeSettings } from "@/api/commands";
import { Button } from "@/components/ui/Button";
import { useMessages } from "@/i18n";
import { problemText } from "@/i18n/problemText";
import { useCookieTexts } from "./texts";

/** The site refused account or address: what to look at, and the way on. */
export function StartAgain() {
  const { dialog } = useCookieTexts();
  const messages = useMessages();
  const change = useChangeSettings();
  return (
    <div className="flex flex-col items-start gap-3 rounded-xl bg-sunken p-4 text-sm">
      <p className="text-muted">{dialog.forbiddenMend}</p>
      <Button onClick={() => change.mutate({ collecting: true })}>{dialog.startAgain}</Button>
      {change.error && (
        <p role="alert" className="text-xs text-bad">
          {problemText(messages, change.error)}
        </p>
      )}
    </div>
  );
}
