/** The cookie's problem, if it has one, derived from the server's state. */
import type { Status } from "@/api/types";

export type TroubleKind = "died" | "unreadable" | "forbidden";

export interface Trouble {
  readonly kind: TroubleKind;
  /** Differs by cookie and kind, so that a dismissed notice stays dismissed only for its problem. */
  readonly key: string;
  readonly since: string | null;
  readonly reason: string | null;
}

export function troubleOf({ link, cookie }: Status, isCollecting: boolean): Trouble | null {
  const trouble = (kind: TroubleKind, reason: string | null): Trouble => ({
    kind,
    key: `${kind} ${cookie.saved_at}`,
    since: link.since,
    reason,
  });
  if (cookie.state === "unreadable") return trouble("unreadable", null);
  if (cookie.state === "invalid" || link.state === "cookie_invalid") {
    return trouble("died", cookie.reason ?? link.code);
  }
  const isShutOut = link.code === "upstream_forbidden" && !isCollecting;
  return isShutOut && cookie.state !== "missing" ? trouble("forbidden", null) : null;
}

/** The first face of the page: nothing was ever collected, and nothing is about to be. */
export function isFirstVisit({ link, cookie, records }: Status, isCollecting: boolean): boolean {
  const isUnused = records.total === 0 && link.last_success_at === null;
  return isUnused && (cookie.state === "missing" || !isCollecting);
}
