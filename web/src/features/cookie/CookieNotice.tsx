/**
 * What the page says of the cookie wherever it is: the banner above the content, and the dialog
 * over everything when the cookie has died or the address asks for it.
 */

import { lazy, Suspense, useEffect, useRef, useState } from "react";
import { useSettings, useStatus } from "@/api/LiveContext";
import type { CookieState } from "@/api/types";
import { useAddress } from "@/hooks/useAddress";
import { type Messages, useMessages } from "@/i18n";
import { toast } from "@/lib/toast";
import { ExpiryBanner, MissingBanner, TroubleBanner } from "./banners";
import { isFirstVisit, type Trouble, troubleOf } from "./trouble";

const CookieDialog = lazy(() =>
  import("./CookieDialog").then((part) => ({ default: part.CookieDialog })),
);

export function CookieNotice() {
  const status = useStatus();
  const isCollecting = useSettings()?.collecting ?? null;
  const [{ dialog }, changeAddress] = useAddress();
  const [putOff, setPutOff] = useState<string | null>(null);

  const known = status !== null && isCollecting !== null;
  const trouble = known ? troubleOf(status, isCollecting) : null;
  if (known && trouble === null && putOff !== null) setPutOff(null);
  const isDue = trouble !== null && trouble.key !== putOff;
  const isOpen = known && (isDue || dialog === "cookie");
  useClearedTrouble(trouble, status?.cookie.state ?? null, isCollecting ?? false);
  useNothingBelow(isDue);

  const close = () => {
    setPutOff(trouble?.key ?? null);
    changeAddress({ dialog: null }, "replace");
  };
  return (
    <>
      {trouble && !isOpen && (
        <TroubleBanner
          kind={trouble.kind}
          onOpen={() => changeAddress({ dialog: "cookie" }, "replace")}
        />
      )}
      {known && status.cookie.state === "missing" && !isFirstVisit(status, isCollecting) && (
        <MissingBanner onOpen={() => changeAddress({ dialog: "cookie" })} />
      )}
      {known && !trouble && status.cookie.expires_at && (
        <ExpiryBanner
          key={status.cookie.expires_at}
          expiresAt={status.cookie.expires_at}
          onOpen={() => changeAddress({ dialog: "cookie" })}
        />
      )}
      {isOpen && (
        <Suspense fallback={null}>
          <CookieDialog
            trouble={trouble}
            hasCookie={hasCookie(status.cookie.state)}
            onClose={close}
          />
        </Suspense>
      )}
    </>
  );
}

function hasCookie(state: CookieState): boolean {
  return state !== "missing" && state !== "unreadable";
}

/** On every open page: once the trouble is over, its dialog goes and a word says so. */
function useClearedTrouble(
  trouble: Trouble | null,
  state: CookieState | null,
  isCollecting: boolean,
) {
  const messages = useMessages();
  const [, changeAddress] = useAddress();
  const kind = useRef(trouble?.kind ?? null);
  useEffect(() => {
    const before = kind.current;
    kind.current = trouble?.kind ?? null;
    if (before === null || trouble !== null) return;
    changeAddress({ dialog: null }, "replace");
    const text = clearedText(messages, state, isCollecting);
    if (text) toast.success(text);
  }, [trouble, state, isCollecting, messages, changeAddress]);
}

function clearedText(messages: Messages, state: CookieState | null, isCollecting: boolean) {
  if (state === "unverified") return messages.cookie.untried;
  if (state !== "valid") return null;
  return isCollecting ? messages.cookie.works : messages.cookie.worksWhileOff;
}

/** What is due lies over everything: the settings make way for it. */
function useNothingBelow(isDue: boolean) {
  const [{ dialog }, changeAddress] = useAddress();
  useEffect(() => {
    if (isDue && dialog === "settings") changeAddress({ dialog: null }, "replace");
  }, [isDue, dialog, changeAddress]);
}
