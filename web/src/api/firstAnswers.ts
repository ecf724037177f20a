import { after } from "@/lib/platform/after";
import { api } from "./client";
import type { Live } from "./live/Live";
import type { Settings, Status } from "./types";

/** Data that take longer are shown after the rest. */
const DATA_MS = 300;

/** Null if the server did not answer. */
export type FirstState = readonly [Status, Settings] | null;

/**
 * Show the page's state before the stream does: a browser needs longer to start the stream's worker
 * than the server to answer. What fails here is left to the stream.
 *
 * @param askData requests the first view's data, some of which depends on the state: with them, the
 *   page is rendered once
 * @returns whether the state is known
 */
export async function applyFirstAnswers(
  live: Live,
  askData: (state: Promise<FirstState>) => Promise<unknown>,
): Promise<boolean> {
  const state: Promise<FirstState> = Promise.all([api.status(), api.settings()]).catch(() => null);
  const timeout = new Promise<void>((resolve) => after(DATA_MS, resolve));
  const [known] = await Promise.all([state, Promise.race([askData(state), timeout])]);
  if (!known) return false;
  const [status, settings] = known;
  live.applyAnswer({ status, settings });
  return true;
}
