/** The server's stream as a source of events, and the loop that follows a source. */
import type { After } from "@/lib/platform/after";
import { sampleOf } from "@/lib/platform/clock";
import { withSession } from "../session";
import { makeEventParser, type StreamEvent } from "./events";

/** `locked`: the server asks for its access key. */
export type Ending = "ended" | "locked";

/** Emit the events after a revision, or from now on; resolve at the end, reject on failure. */
export type Source = (
  since: number | null,
  signal: AbortSignal,
  emit: (event: StreamEvent) => void,
) => Promise<Ending>;

/** Three missing heartbeats: the stream is dead, even if the connection is open. */
export const SILENCE_MS = 45_000;

/**
 * Return the stream of a server as a source.
 *
 * @param base the address of the page
 * @param proof returns the proof of the session
 */
export function sourceFrom(
  base: string,
  fetch: typeof globalThis.fetch,
  proof: () => string | null,
): Source {
  return async (since, signal, emit) => {
    const sentMs = Date.now();
    const response = await fetch(addressOf(base, since), {
      signal,
      headers: withSession({ accept: "text/event-stream" }, proof()),
      cache: "no-store",
    });
    if (response.status === 401) return "locked";
    if (!isEventStream(response)) return "ended";
    emit({ type: "opened", date: dateOf(response, sentMs) });
    await readAll(response.body, emit);
    return "ended";
  };
}

function addressOf(base: string, since: number | null): string {
  const address = new URL("api/events", base);
  if (since !== null) address.searchParams.set("since", String(since));
  return address.href;
}

function dateOf(response: Response, sentMs: number) {
  const receivedMs = Date.now();
  const sample = sampleOf(response, sentMs, receivedMs);
  if (sample === null) return null;
  return { serverMs: sample.serverMs, widthMs: sample.widthMs + receivedMs - sentMs };
}

async function readAll(
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
  emit: (event: StreamEvent) => void,
): Promise<void> {
  const parser = makeEventParser(emit);
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    parser.feed(value);
  }
}

interface Handlers {
  readonly onEvent: (event: StreamEvent) => void;
  /** Called once, unless the follower stops first. */
  readonly onEnd: (ending: Ending) => void;
}

/** Follow a source until it ends or is silent for too long; return a function that stops. */
export function follow(
  source: Source,
  since: number | null,
  { onEvent, onEnd }: Handlers,
  after: After,
): () => void {
  const controller = new AbortController();
  let cancelTimer = () => {};
  const stop = () => {
    cancelTimer();
    controller.abort();
  };
  const finish = (ending: Ending) => {
    if (controller.signal.aborted) return;
    stop();
    onEnd(ending);
  };
  const restartTimer = () => {
    cancelTimer();
    cancelTimer = after(SILENCE_MS, () => finish("ended"));
  };
  const emit = (event: StreamEvent) => {
    if (controller.signal.aborted) return;
    restartTimer();
    onEvent(event);
  };
  restartTimer();
  source(since, controller.signal, emit).then(finish, () => finish("ended"));
  return stop;
}

function isEventStream(
  response: Response,
): response is Response & { body: ReadableStream<Uint8Array<ArrayBuffer>> } {
  const type = response.headers.get("content-type") ?? "";
  return response.ok && response.body !== null && type.startsWith("text/event-stream");
}
