/**
 * Opening the server's stream of events: by the page itself, or through the one stream that all
 * pages of the browser share.
 *
 * Browsers allow six connections to one host. A stream for each page in sight would take them all
 * and leave none for anything else, so the pages share one, held by a worker.
 */
import type { After } from "@/lib/after";

/** Opens the stream after a revision, or from now on; rejects where nothing answers. */
export type OpenStream = (since: number | null, signal: AbortSignal) => Promise<Response>;

/** What a page tells the worker: what it has, or that it goes. */
export type ToWorker = { readonly since: number | null } | "leave";

/** What the worker tells a page, in this order; `heard` comes at once. */
export type ToPage =
  | { readonly kind: "heard" }
  | { readonly kind: "head"; readonly status: number; readonly type: string }
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "end" };

/** Three heartbeats that did not come: the stream is dead, whatever the network says. */
export const SILENCE_MS = 45_000;

/** A worker that says nothing for so long is not one to wait for. */
const HEARD_MS = 3_000;

/** A stream of one's own. */
export function ownBy(fetch: typeof globalThis.fetch): OpenStream {
  return (since, signal) =>
    fetch(since === null ? "/api/events" : `/api/events?since=${since}`, {
      signal,
      headers: { accept: "text/event-stream" },
      cache: "no-store",
    });
}

/**
 * The stream that is shared, through a port to its worker; a stream of one's own where there is no
 * worker, or one that does not answer.
 */
export function sharedBy(portOf: () => MessagePort, own: OpenStream, after: After): OpenStream {
  let isBroken = false;
  return async (since, signal) => {
    if (isBroken) return own(since, signal);
    try {
      return await new Subscription(portTo(portOf), since, signal, after).response;
    } catch (error) {
      if (!(error instanceof Unheard)) throw error;
      isBroken = true;
      return own(since, signal);
    }
  };
}

/** No worker, or none that answers. */
class Unheard extends Error {}

function portTo(portOf: () => MessagePort): MessagePort {
  try {
    return portOf();
  } catch (error) {
    throw new Unheard("The browser starts no worker.", { cause: error });
  }
}

/** A page's share of the stream, as the answer to a fetch would be. */
class Subscription {
  readonly response: Promise<Response>;
  private readonly encoder = new TextEncoder();
  private body: ReadableStreamDefaultController<Uint8Array> | null = null;
  private answer: (response: Response) => void = () => undefined;
  private refuse: (reason: unknown) => void = () => undefined;
  private readonly heard: () => void;

  constructor(
    private readonly port: MessagePort,
    since: number | null,
    signal: AbortSignal,
    after: After,
  ) {
    this.response = new Promise((resolve, reject) => {
      this.answer = resolve;
      this.refuse = reject;
    });
    this.heard = after(HEARD_MS, () => this.fail(new Unheard("The worker does not answer.")));
    signal.addEventListener("abort", () => this.fail(signal.reason), { once: true });
    port.onmessage = ({ data }: MessageEvent<ToPage>) => this.take(data);
    this.say({ since });
  }

  private say(message: ToWorker): void {
    this.port.postMessage(message);
  }

  private take(message: ToPage): void {
    this.heard();
    if (message.kind === "head") this.begin(message.status, message.type);
    else if (message.kind === "text") this.body?.enqueue(this.encoder.encode(message.text));
    else if (message.kind === "end") this.end();
  }

  private begin(status: number, type: string): void {
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        this.body = controller;
      },
    });
    this.answer(new Response(body, { status, headers: { "content-type": type } }));
  }

  private end(): void {
    this.body?.close();
    this.body = null;
    this.refuse(new TypeError("The stream has ended before it began."));
    this.port.close();
  }

  private fail(reason: unknown): void {
    this.heard();
    this.say("leave");
    this.body?.error(reason);
    this.body = null;
    this.refuse(reason);
    this.port.close();
  }
}
