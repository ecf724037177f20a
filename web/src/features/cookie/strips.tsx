import { Clock3, CookieIcon } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/Button";
import { Notice } from "@/components/ui/Notice";
import { useNow } from "@/hooks/useNow";
import { useFormat, useMessages } from "@/i18n";
import { DAY_MS, MINUTE_MS } from "@/lib/time";
import type { TroubleKind } from "./trouble";

/** Shown after the dialog was put off. */
export function TroubleStrip({ kind, onOpen }: { kind: TroubleKind; onOpen: () => void }) {
  const { cookie } = useMessages();
  return (
    <Notice
      tone="bad"
      icon={<CookieIcon size={18} />}
      title={cookie[kind]}
      actions={
        <Button variant="primary" onClick={onOpen}>
          {kind === "forbidden" ? cookie.forbiddenAction : cookie.paste}
        </Button>
      }
    >
      {cookie[`${kind}Detail`]}
    </Notice>
  );
}

/** There is history, but no cookie. */
export function MissingStrip({ onOpen }: { onOpen: () => void }) {
  const { cookie } = useMessages();
  return (
    <Notice
      tone="calm"
      icon={<CookieIcon size={18} />}
      title={cookie.missing}
      actions={
        <Button variant="primary" onClick={onOpen}>
          {cookie.missingAction}
        </Button>
      }
    >
      {cookie.missingDetail}
    </Notice>
  );
}

const WARNING_MS = 3 * DAY_MS;

/** The login expires within three days. */
export function ExpiryStrip({ expiresAt, onOpen }: { expiresAt: string; onOpen: () => void }) {
  const { cookie } = useMessages();
  const format = useFormat();
  const now = useNow(MINUTE_MS);
  const [isPutOff, setPutOff] = useState(false);
  const end = Date.parse(expiresAt);
  const left = end - now;
  if (isPutOff || !(left <= WARNING_MS)) return null;
  const at = format.instant(end).slice(0, 16);
  return (
    <Notice
      tone="warn"
      icon={<Clock3 size={18} />}
      title={left > 0 ? cookie.expires(format.duration(left), at) : cookie.expired(at)}
      actions={
        <>
          <Button variant="primary" onClick={onOpen}>
            {cookie.paste}
          </Button>
          <Button variant="ghost" onClick={() => setPutOff(true)}>
            {cookie.later}
          </Button>
        </>
      }
    >
      {cookie.expiresHint}
    </Notice>
  );
}
