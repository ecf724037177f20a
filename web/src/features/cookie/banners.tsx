import { Clock3, CookieIcon } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/Button";
import { Notice } from "@/components/ui/Notice";
import { useNow } from "@/hooks/useNow";
import { useFormat, useMessages } from "@/i18n";
import { DAY_MS, MINUTE_MS } from "@/lib/time";
import type { TroubleKind } from "./trouble";

/** Stays while the dialog is put off. */
export function TroubleBanner({ kind, onOpen }: { kind: TroubleKind; onOpen: () => void }) {
  const { cookie } = useMessages();
  return (
    <Notice
      tone="bad"
      icon={<CookieIcon size={16} aria-hidden="true" />}
      actions={
        <Button onClick={onOpen}>
          {kind === "forbidden" ? cookie.forbiddenAction : cookie.paste}
        </Button>
      }
    >
      {cookie[kind]}
    </Notice>
  );
}

/** There is history, but no cookie to go on with. */
export function MissingBanner({ onOpen }: { onOpen: () => void }) {
  const { cookie } = useMessages();
  return (
    <Notice
      tone="calm"
      icon={<CookieIcon size={16} aria-hidden="true" />}
      actions={<Button onClick={onOpen}>{cookie.missingAction}</Button>}
    >
      {cookie.missing}
    </Notice>
  );
}

const WARNING_MS = 3 * DAY_MS;

/** The login's end is near: said three days before. */
export function ExpiryBanner({ expiresAt, onOpen }: { expiresAt: string; onOpen: () => void }) {
  const { cookie } = useMessages();
  const format = useFormat();
  const now = useNow(MINUTE_MS);
  const [isPutOff, setPutOff] = useState(false);
  const end = Date.parse(expiresAt);
  const left = end - now;
  if (isPutOff || !(left <= WARNING_MS)) return null;
  return (
    <Notice
      tone="warn"
      icon={<Clock3 size={16} aria-hidden="true" />}
      actions={
        <>
          <Button onClick={onOpen}>{cookie.paste}</Button>
          <Button variant="ghost" onClick={() => setPutOff(true)}>
            {cookie.later}
          </Button>
        </>
      }
    >
      <strong className="font-semibold">
        {left > 0
          ? cookie.expires(format.duration(left), format.instant(end))
          : cookie.expired(format.instant(end))}
      </strong>{" "}
      <span className="text-muted">{cookie.expiresHint}</span>
    </Notice>
  );
}
