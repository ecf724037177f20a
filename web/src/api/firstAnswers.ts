import { api } from "./client";
import type { Live } from "./live/Live";

/**
 * Show the page's state before the stream does: a browser needs longer to start the stream's worker
 * than the server to answer. What fails here is left to the stream.
 */
export async function applyFirstAnswers(live: Live): Promise<void> {
  const [status, settings] = await Promise.allSettled([api.status(), api.settings()]);
  if (status.status === "rejected" || settings.status === "rejected") return;
  live.applyAnswer({ status: status.value, settings: settings.value });
}
