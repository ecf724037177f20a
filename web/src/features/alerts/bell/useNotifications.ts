/**
 * Messages of a browser channel: a notification where the user allows it, else a passing message on
 * the page. Of several open pages one shows it.
 */
import { useEffect } from "react";
import { useLiveState } from "@/api/LiveContext";
import type { Notifications } from "@/api/types";
import { changeAddress } from "@/hooks/useAddress";
import { useClock } from "@/hooks/useNow";
import { parseAddress } from "@/lib/address";
import { notify } from "@/lib/platform/notifications";
import { readStoredList, writeStored } from "@/lib/platform/storage";
import { MINUTE_MS, parseInstant } from "@/lib/time";
import { toast } from "@/lib/toast";

type Notice = Notifications[number];

const SHOWN = "notifications";
const MOST_KEPT = 50;
/** A page that is opened later does not repeat older messages. */
const FRESH_MS = 10 * MINUTE_MS;

export function useNotifications(): void {
  const notices = useLiveState(({ notifications }) => notifications);
  const clock = useClock();
  useEffect(() => {
    for (const notice of notices) {
      const age = clock.now() - (parseInstant(notice.at) ?? 0);
      if (age < FRESH_MS && claim(notice.id)) show(notice);
    }
  }, [notices, clock]);
}

/** Return whether this page is the first to show a message. */
function claim(id: string): boolean {
  const shown = readStoredList(SHOWN);
  if (shown.includes(id)) return false;
  writeStored(SHOWN, JSON.stringify([...shown, id].slice(-MOST_KEPT)));
  return true;
}

function show({ id, title, text, link, urgent }: Notice): void {
  const options = { tag: id, isUrgent: urgent, onClick: () => follow(link) };
  if (notify(title, text, options)) return;
  toast.message(`${title} · ${text.replaceAll("\n", " · ")}`);
}

/** Show the part of the curve that a message links to. */
function follow(link: string | null): void {
  if (link === null || !URL.canParse(link)) return;
  const { range, episode } = parseAddress(new URL(link).search);
  changeAddress({ range, episode, settings: null });
}
