/**
 * The proof of this browser's session. The session's cookie is sent to every port of the host; the
 * proof stays with this address, and each call sends it in a header.
 */
import { readStored, writeStored } from "@/lib/platform/storage";

export const SESSION_HEADER = "creditcurve-session";

// Instances below different paths of one host share its storage.
// Not a constant: the shared worker, which has no document, loads this module too.
const key = () => `session:${new URL(".", document.baseURI).pathname}`;

/** Used where the browser has no storage. */
let unstored: string | null = null;

export function sessionProof(): string | null {
  return readStored(key()) || unstored;
}

export function keepSession(proof: string | null): void {
  unstored = proof;
  writeStored(key(), proof ?? "");
}

export function withSession(headers: HeadersInit | undefined, proof: string | null): Headers {
  const all = new Headers(headers);
  if (proof !== null) all.set(SESSION_HEADER, proof);
  return all;
}
