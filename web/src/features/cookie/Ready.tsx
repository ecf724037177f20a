import { CircleCheck, CircleDashed } from "lucide-react";
import { useEffect, useId, useRef } from "react";
import { useChangeSettings } from "@/api/commands";
import { useSettings } from "@/api/LiveContext";
import type { Cookie } from "@/api/types";
import { Card } from "@/components/ui/Card";
import { Switch } from "@/components/ui/Switch";
import { useLocale, useMessages } from "@/i18n";
import { intervalText } from "@/i18n/interval";
import { problemText } from "@/i18n/problemText";
import { Names } from "./Names";
import { useCookieTexts } from "./texts";

/** The cookie is there: says what was found, and offers the switch. */
export function Ready({ cookie }: { cookie: Cookie }) {
  const { welcome, verdict } = useCookieTexts();
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => title.current?.focus(), []);
  const isValid = cookie.state === "valid";
  return (
    <Card
      aria-labelledby="ready"
      className="mx-auto flex w-full max-w-xl animate-appear flex-col gap-6 p-5 sm:p-8 md:mt-10"
    >
      <header className="flex flex-col gap-1.5">
        <h2
          id="ready"
          ref={title}
          tabIndex={-1}
          className="text-xl font-semibold tracking-tight outline-none"
        >
          {welcome.readyTitle}
        </h2>
        <p className="text-muted">{welcome.readyIntro}</p>
      </header>
      <div className="flex gap-3 rounded-xl bg-sunken p-4 text-sm">
        {isValid ? (
          <CircleCheck size={18} className="mt-px shrink-0 text-good" aria-hidden="true" />
        ) : (
          <CircleDashed size={18} className="mt-px shrink-0 text-warn" aria-hidden="true" />
        )}
        <div className="flex min-w-0 flex-col gap-1.5">
          <p role="status" className="font-semibold">
            {isValid ? verdict.valid : verdict.unverified}
          </p>
          <div className="text-muted">
            <Names title={verdict.found(cookie.names)} names={cookie.names} />
          </div>
        </div>
      </div>
      <StartSwitch />
    </Card>
  );
}

function StartSwitch() {
  const { welcome } = useCookieTexts();
  const messages = useMessages();
  const settings = useSettings();
  const change = useChangeSettings();
  const id = useId();
  const interval = intervalText(settings?.poll_interval_s ?? 60, useLocale());
  return (
    <div className="flex items-start justify-between gap-4">
      <div className="flex flex-col gap-0.5">
        <label htmlFor={id} className="font-semibold">
          {welcome.start}
        </label>
        <p id={`${id}-hint`} className="text-sm text-muted">
          {welcome.startHint(interval)}
        </p>
        {change.error && (
          <p role="alert" className="text-sm text-bad">
            {problemText(messages, change.error)}
          </p>
        )}
      </div>
      <Switch
        id={id}
        aria-describedby={`${id}-hint`}
        checked={settings?.collecting ?? false}
        onCheckedChange={(collecting) => change.mutate({ collecting })}
        className="mt-0.5"
      />
    </div>
  );
}
