import { Check, CircleDashed, Play } from "lucide-react";
import { type ReactNode, useEffect, useRef } from "react";
import { useChangeSettings } from "@/api/commands";
import { useSettings } from "@/api/LiveContext";
import type { Status } from "@/api/types";
import { Button } from "@/components/ui/Button";
import { Card } from "@/components/ui/Card";
import { useFormat, useLocale, useMessages } from "@/i18n";
import { intervalText } from "@/i18n/interval";
import { problemText } from "@/i18n/problemText";
import { cn } from "@/lib/cn";
import { hostOf } from "@/lib/origin";
import { parseInstant } from "@/lib/time";
import { useCookieTexts } from "./texts";

interface Props {
  readonly status: Status;
  readonly onAnother: () => void;
}

/** A cookie is saved: one button starts collecting. */
export function Ready({ status, onAnother }: Props) {
  const { welcome } = useCookieTexts();
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => title.current?.focus(), []);
  const isValid = status.cookie.state === "valid";
  return (
    <Card
      aria-labelledby="ready"
      className="mx-auto flex w-full max-w-md animate-appear flex-col gap-6 rounded-[1.25rem] p-5 text-center sm:p-8 md:mt-10"
    >
      <header className="flex flex-col items-center gap-2">
        <Mark isValid={isValid} />
        <h2
          id="ready"
          ref={title}
          tabIndex={-1}
          className="text-2xl leading-[2.125rem] font-semibold outline-none"
        >
          {isValid ? welcome.readyTitle : welcome.uncheckedTitle}
        </h2>
        <p className="text-muted text-balance">{welcome.readyIntro}</p>
      </header>
      <Start />
      <Facts status={status} />
      <Button variant="ghost" className="self-center text-accent" onClick={onAnother}>
        {welcome.another}
      </Button>
    </Card>
  );
}

function Mark({ isValid }: { isValid: boolean }) {
  const Icon = isValid ? Check : CircleDashed;
  return (
    <span
      aria-hidden="true"
      className={cn(
        "mb-2 flex size-14 items-center justify-center rounded-2xl border border-transparent",
        isValid ? "bg-good-soft text-good" : "bg-warn-soft text-warn",
      )}
    >
      <Icon size={28} />
    </span>
  );
}

function Start() {
  const { welcome } = useCookieTexts();
  const messages = useMessages();
  const settings = useSettings();
  const change = useChangeSettings();
  const interval = intervalText(settings?.poll_interval_s ?? 60, useLocale());
  return (
    <div className="flex flex-col gap-2.5">
      <Button
        variant="primary"
        className="h-13 rounded-xl text-base"
        aria-disabled={change.isPending}
        onClick={() => change.isPending || change.mutate({ collecting: true })}
      >
        <Play size={18} aria-hidden="true" />
        {welcome.start}
      </Button>
      <p className="text-xs text-muted">{welcome.startHint(interval)}</p>
      {change.error && (
        <p role="alert" className="text-sm text-bad">
          {problemText(messages, change.error)}
        </p>
      )}
    </div>
  );
}

function Facts({ status: { cookie, site } }: { status: Status }) {
  const { welcome } = useCookieTexts();
  const format = useFormat();
  const isValid = cookie.state === "valid";
  const expiresMs = parseInstant(cookie.expires_at);
  return (
    <dl className="flex flex-col gap-2.5 border-t border-line pt-5 text-sm">
      <Fact term={welcome.login}>
        <span role="status" className={isValid ? "text-good" : "text-warn"}>
          {isValid ? welcome.verified : welcome.unverified}
        </span>
      </Fact>
      {expiresMs !== null && <Fact term={welcome.expires}>{format.date(expiresMs)}</Fact>}
      <Fact term={welcome.site}>{hostOf(site.origin)}</Fact>
      <Fact term={welcome.stored}>{welcome.storedValue}</Fact>
    </dl>
  );
}

function Fact({ term, children }: { term: string; children: ReactNode }) {
  return (
    <div className="flex justify-between gap-4">
      <dt className="text-muted">{term}</dt>
      <dd className="text-right">{children}</dd>
    </div>
  );
}
