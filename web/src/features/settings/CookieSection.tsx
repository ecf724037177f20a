import { useState } from "react";
import { useDeleteCookie } from "@/api/commands";
import type { Cookie, CookieState } from "@/api/types";
import { Button } from "@/components/ui/Button";
import { Question } from "@/components/ui/Question";
import { Cell, Facts, Group, Section } from "@/components/ui/Section";
import { changeAddress } from "@/hooks/useAddress";
import { useNow } from "@/hooks/useNow";
import { useFormat, useMessages } from "@/i18n";
import { problemText } from "@/i18n/problemText";
import { cn } from "@/lib/cn";
import { MINUTE_MS, parseInstant } from "@/lib/time";
import { CheckCookie } from "./CheckCookie";
import type { SectionProps } from "./sections";
import { useSettingsTexts } from "./texts";

/** The facts about the cookie, never its value, and its actions. */
export function CookieSection({ status: { cookie } }: SectionProps) {
  const { names } = useSettingsTexts();
  const isThere = cookie.state !== "missing";
  return (
    <Section title={names.cookie}>
      <Group>
        <Cell>
          <StateMark state={cookie.state} />
        </Cell>
        {isThere && <CookieFacts cookie={cookie} />}
        <Cell>
          <Actions isThere={isThere} />
        </Cell>
      </Group>
    </Section>
  );
}

const TONES: Readonly<Record<CookieState, string>> = {
  missing: "bg-line-strong",
  unverified: "bg-warn",
  valid: "bg-good",
  invalid: "bg-bad",
  unreadable: "bg-bad",
};

function StateMark({ state }: { state: CookieState }) {
  const { cookie } = useSettingsTexts();
  return (
    <p className="flex flex-wrap items-center gap-x-2.5 text-sm">
      <span aria-hidden="true" className={cn("size-2 rounded-full", TONES[state])} />
      <span role="status" className="font-medium">
        {cookie.states[state]}
      </span>
      {state !== "missing" && <span className="text-xs text-faint">{cookie.hidden}</span>}
    </p>
  );
}

function CookieFacts({ cookie }: { cookie: Cookie }) {
  const { cookie: texts } = useSettingsTexts();
  const format = useFormat();
  const now = useNow(MINUTE_MS);
  const at = (text: string | null, otherwise: string) => {
    const t = parseInstant(text);
    return t === null ? otherwise : format.instant(t);
  };
  const end = parseInstant(cookie.expires_at);
  const left = end !== null && end > now ? texts.left(format.duration(end - now)) : undefined;
  const names = (
    <ul className="font-mono text-xs break-all">
      {cookie.names.map((name) => (
        <li key={name}>{name}</li>
      ))}
    </ul>
  );
  return (
    <Facts
      facts={[
        [texts.names, cookie.names.length > 0 ? names : texts.unknown],
        [texts.savedAt, at(cookie.saved_at, texts.unknown)],
        [texts.checkedAt, at(cookie.checked_at, texts.never)],
        [texts.renewedAt, at(cookie.renewed_at, texts.never)],
        [texts.expiresAt, at(cookie.expires_at, texts.unknown), left],
      ]}
    />
  );
}

function Actions({ isThere }: { isThere: boolean }) {
  const { cookie } = useSettingsTexts();
  const messages = useMessages();
  const forget = useDeleteCookie();
  const [isAsking, setAsking] = useState(false);
  const paste = () => changeAddress({ dialog: "cookie" });
  if (!isThere) {
    return (
      <Button variant="primary" className="self-start" onClick={paste}>
        {cookie.paste}
      </Button>
    );
  }
  return (
    <div className="flex flex-col gap-3">
      <CheckCookie>
        <Button onClick={paste}>{cookie.replace}</Button>
        <Button variant="danger" onClick={() => setAsking(true)}>
          {cookie.delete}
        </Button>
      </CheckCookie>
      {isAsking && (
        <Question
          text={cookie.deleteQuestion}
          yes={cookie.deleteYes}
          onNo={() => setAsking(false)}
          onYes={() => forget.mutate(undefined, { onSuccess: () => setAsking(false) })}
        />
      )}
      {forget.error && (
        <p role="alert" className="text-xs text-bad">
          {problemText(messages, forget.error)}
        </p>
      )}
    </div>
  );
}
