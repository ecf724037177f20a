/** Takes a session or a login link from the fragment of the address, and removes it there. */
import { api } from "./client";
import { keepSession } from "./session";

/** Enter before the first call. A link that has been used or has expired leads to the login. */
export async function enter(): Promise<void> {
  const fragment = new URLSearchParams(location.hash.slice(1));
  const session = fragment.get("session");
  const link = fragment.get("login");
  if (session === null && link === null) return;
  history.replaceState(history.state, "", location.pathname + location.search);
  if (session !== null) keepSession(session);
  if (link !== null) await api.openSession(link).catch(() => undefined);
}
