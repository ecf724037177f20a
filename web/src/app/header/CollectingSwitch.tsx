import { useId } from "react";
import { useChangeSettings } from "@/api/commands";
import { useSettings } from "@/api/LiveContext";
import { useIsServerGone } from "@/api/useIsServerGone";
import { Switch } from "@/components/ui/Switch";
import { changeAddress } from "@/hooks/useAddress";
import { useFormat, useMessages } from "@/i18n";
import { problemText } from "@/i18n/problemText";
import { SECOND_MS } from "@/lib/time";
import { toast } from "@/lib/toast";

const COOKIE_CODES = ["no_cookie", "cookie_invalid"];

/** The user's switch for collecting. */
export function CollectingSwitch() {
  const id = useId();
  const messages = useMessages();
  const format = useFormat();
  const settings = useSettings();
  const isGone = useIsServerGone();
  const change = useChangeSettings();
  if (settings === null) return null;
  const switchTo = (collecting: boolean) =>
    change.mutate(
      { collecting },
      {
        onError: (problem) => {
          if (COOKIE_CODES.includes(problem.code)) changeAddress({ dialog: "cookie" });
          else toast.error(messages.dashboard.collectingFailed(problemText(messages, problem)));
        },
      },
    );
  return (
    <label
      htmlFor={id}
      title={messages.dashboard.collectingHint(
        format.duration(settings.poll_interval_s * SECOND_MS),
      )}
      className="touchable flex items-center justify-center gap-2 text-sm font-medium"
    >
      <span className="min-[22rem]:max-md:sr-only">{messages.dashboard.collecting}</span>
      <Switch
        id={id}
        checked={settings.collecting}
        disabled={isGone}
        onCheckedChange={switchTo}
        // 44 pixels wide, so that it leaves its neighbour all of its own.
        className="before:-inset-x-1"
      />
    </label>
  );
}
