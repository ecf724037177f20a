/** The dialog for a cookie that no longer works, and the strip after it was put off. */
import { lazy, Suspense, useEffect, useRef, useState } from "react";
import { useSettings, useStatus } from "@/api/LiveContext";
import type { CookieState } from "@/api/types";
import { useAddress } from "@/hooks/useAddress";
import { type Messages, useMessages } from "@/i18n";
import { retrying } from "@/lib/platform/retrying";
import { toast } from "@/lib/toast";
import { TroubleStrip } from "./strips";
import { type Trouble, troubleOf } from "./trouble";
import { useTroubleNotification } from "./useTroubleNotification";

const CookieDialog = lazy(() =>
  retrying(() => import("./CookieDialog")).then((part) => ({ default: part.CookieDialog })),
);

export function CookieNotice() {
  const status = useStatus();
  const isCollecting = useSettings()?.collecting ?? null;
  const [{ dialog }, changeAddress] = useAddress();
  const [putOff, setPutOff] = useState<string | null>(null);

  const known = status !== null && isCollecting !== null;
  const trouble = known ? troubleOf(status, isCollecting) : null;
  const isSolved = known && trouble === null;
  useEffect(() => {
    if (isSolved) setPutOff(null);
  }, [isSolved]);
  const isDue = trouble !== null && trouble.key !== putOff;
  const isOpen = known && (isDue || dialog === "cookie");
  useClearedTrouble(trouble, status?.cookie.state ?? null, isCollecting ?? false);
  useNothingBelow(isDue);
  useTroubleNotification(trouble);

  const close = () => {
    setPutOff(trouble?.key ?? null);
    changeAddress({ dialog: null }, "replace");
  };
  return (
    <>
      {trouble && !isOpen && (
        <TroubleStrip
          kind={trouble.kind}
          onOpen={() => changeAddress({ dialog: "cookie" }, "replace")}
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

/** Close the dialog on every open page once the cookie works again, and say so. */
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

/** Close any other dialog while this one is due. */
function useNothingBelow(isDue: boolean) {
  const [{ dialog }, changeAddress] = useAddress();
  useEffect(() => {
    if (isDue && dialog !== null && dialog !== "cookie") changeAddress({ dialog: null }, "replace");
  }, [isDue, dialog, changeAddress]);
}
