import { after } from "@/lib/platform/after";
import { api } from "./client";
import type { Live } from "./live/Live";

/** A curve that takes longer is shown after the rest. */
const CURVE_MS = 300;

/**
 * Show the page's state before the stream does: a browser needs longer to start the stream's worker
 * than the server to answer. What fails here is left to the stream.
 *
 * @param curve the request for the curve's data: with them, the page is rendered once
 * @returns whether the state is known
 */
export async function applyFirstAnswers(live: Live, curve: Promise<void>): Promise<boolean> {
  const timeout = new Promise<void>((resolve) => after(CURVE_MS, resolve));
  const [status, settings] = await Promise.all([
    api.status(),
    api.settings(),
    Promise.race([curve, timeout]),
  ]).catch(() => []);
  if (!status || !settings) return false;
  live.applyAnswer({ status, settings });
  return true;
}
