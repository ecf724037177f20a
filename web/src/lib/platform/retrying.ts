/** Loads parts of the page again after a failure: the connection may be cut for a moment. */
import { type After, after } from "./after";

const WAITS_MS = [500, 1_000, 2_000];
const LONGEST_WAIT_MS = 4_000;

/** A part that fails so often although the server answers is not there, as after an update. */
const MOST_FAILURES = 8;

/**
 * Call `load` until it succeeds; reject after several failures. While the server is away they do
 * not count: the page keeps its content, and its last parts come when the server is back.
 */
export async function retrying<Part>(
  load: () => Promise<Part>,
  wait: After = after,
  isServed: () => Promise<boolean> = answers,
): Promise<Part> {
  let failures = 0;
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await load();
    } catch (error) {
      if (await isServed()) failures += 1;
      if (failures === MOST_FAILURES) throw error;
      const waitMs = WAITS_MS[attempt] ?? LONGEST_WAIT_MS;
      await new Promise<void>((resolve) => wait(waitMs, resolve));
    }
  }
}

/** Return whether the server answers: a failed import does not say why it failed. */
function answers(): Promise<boolean> {
  return fetch("./", { method: "HEAD", cache: "no-store" }).then(
    ({ status }) => status < 500,
    () => false,
  );
}
