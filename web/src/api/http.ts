/**
 * The HTTP client of the interface: a call's data, or a `Problem`. Only this module and the live
 * stream use `fetch`.
 */
import createClient from "openapi-fetch";
import { type ClockSample, sampleOf } from "@/lib/platform/clock";
import { networkProblem, type Problem, problemFrom, unexpectedProblem } from "./problem";
import type { paths } from "./schema";
import { sessionProof, withSession } from "./session";

/** The address below which the server is reached: the page's own. */
export const BASE = new URL(".", document.baseURI).href;

export const http = createClient<paths>({
  baseUrl: BASE,
  cache: "no-store",
  fetch: (request) =>
    globalThis.fetch(
      new Request(request, { headers: withSession(request.headers, sessionProof()) }),
    ),
});

/** The codes of calls without a session. */
const ENTRY_CODES = ["key_required", "login_required"];

type Listeners<Value> = Set<(value: Value) => void>;

const keyListeners: Listeners<void> = new Set();
const clockListeners: Listeners<ClockSample> = new Set();

/** Call back when a call is refused because the access key is missing. */
export function onKeyRequired(listener: () => void): () => void {
  keyListeners.add(listener);
  return () => keyListeners.delete(listener);
}

/** Call back with the server's clock, read from each answer. */
export function onClockSample(listener: (sample: ClockSample) => void): () => void {
  clockListeners.add(listener);
  return () => clockListeners.delete(listener);
}

/** What `openapi-fetch` returns. */
type Answered<Data> =
  | { readonly data: Data; readonly error?: never; readonly response: Response }
  | { readonly data?: never; readonly error: unknown; readonly response: Response };

/** Restore the read-only arrays of the generated types: `openapi-fetch` maps them to plain objects. */
export type WithArrays<Data> = Data extends string | number | boolean | null | undefined
  ? Data
  : Data extends { readonly [index: number]: infer Item; readonly length: number }
    ? readonly WithArrays<Item>[]
    : { readonly [Name in keyof Data]: WithArrays<Data[Name]> };

/** Return the answer's data; translate every failure into a `Problem`. */
export async function answer<Data>(
  call: Promise<Answered<Data>>,
  signal?: AbortSignal,
): Promise<WithArrays<NonNullable<Data>>> {
  const sentMs = Date.now();
  const { data, error, response } = await call.catch((reason: unknown) => {
    if (signal?.aborted) throw reason;
    throw reason instanceof SyntaxError ? unexpectedProblem(200, reason) : networkProblem(reason);
  });
  const sample = sampleOf(response, sentMs, Date.now());
  if (sample) for (const listener of clockListeners) listener(sample);
  if (!response.ok) throw refusal(response.status, error);
  return data as WithArrays<NonNullable<Data>>;
}

export async function done(call: Promise<Answered<unknown>>): Promise<undefined> {
  await answer(call);
  return undefined;
}

function refusal(status: number, error: unknown): Problem {
  const problem = problemFrom(status, error);
  if (status === 401 && ENTRY_CODES.includes(problem.code)) {
    for (const listener of keyListeners) listener();
  }
  return problem;
}
