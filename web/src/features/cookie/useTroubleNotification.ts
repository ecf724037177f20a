/** Notify the user once of a dead cookie, if this browser was asked to. */
import { useEffect } from "react";
import { useMessages } from "@/i18n";
import { notify, notifyChoice } from "@/lib/platform/notifications";
import { readStored, writeStored } from "@/lib/platform/storage";
import type { Trouble } from "./trouble";

const NOTIFIED = "notified";

export function useTroubleNotification(trouble: Trouble | null): void {
  const { cookie } = useMessages();
  const key = trouble?.kind === "died" ? trouble.key : null;
  useEffect(() => {
    // All pages of the browser share the note of notified troubles.
    if (key === null || notifyChoice() !== "on" || readStored(NOTIFIED) === key) return;
    writeStored(NOTIFIED, key);
    notify(cookie.died, cookie.diedDetail, { tag: "cookie" });
  }, [key, cookie]);
}
