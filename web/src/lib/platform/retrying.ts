/** Loads parts of the page again after a failure: the connection may be cut for a moment. */
import { type After, after } from "./after";

const WAITS_MS = [500, 1_000, 2_000, 4_000, 4_000, 4_000, 4_000];

/** Call `load` until it succeeds; reject with its last failure after several attempts. */
export async function retrying<Part>(
  load: () => Promise<Part>,
  wait: After = after,
): Promise<Part> {
  for (const ms of WAITS_MS) {
    try {
      return await load();
    } catch {
      await new Promise<void>((resolve) => wait(ms, resolve));
    }
  }
  return load();
}
