/** The state of the data in one word: our own connection first, then the link to the site. */
import { useConnection, useStatus } from "@/api/LiveContext";
import type { Connection } from "@/api/live/state";
import type { Status } from "@/api/types";
import { useIsServerGone } from "@/api/useIsServerGone";
import type { Messages } from "@/i18n";

export type Mark = keyof Messages["dashboard"]["live"]["hints"];

/** Our own connection comes first: without it the state of the site is unknown. */
function markOf(connection: Connection, status: Status | null, isGone: boolean): Mark {
  if (isGone && connection !== "offline") return "gone";
  if (connection !== "live" || status === null) return connection;
  const { state, code } = status.link;
  if (code === "scheduled") return "scheduled";
  return state === "ok" ? "live" : state;
}

export function useMark(): Mark {
  return markOf(useConnection(), useStatus(), useIsServerGone());
}
