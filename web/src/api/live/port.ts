/** The shared stream as a page sees it: a port to the worker, or a private stream without one. */
import type { After } from "@/lib/platform/after";
import type { StreamEvent } from "./events";
import type { Ending, Source } from "./source";

export type ToWorker =
  | {
      readonly type: "join";
      readonly base: string;
      readonly since: number | null;
      /** The proof of the session: a worker has no storage. */
      readonly proof: string | null;
    }
  | { readonly type: "leave" };

/** `joined` comes at once, so that a page can distinguish a slow server from a broken worker. */
export type ToPage =
  | { readonly type: "joined" }
  | { readonly type: "event"; readonly event: StreamEvent }
  | { readonly type: "end"; readonly ending: Ending };

const JOIN_MS = 3_000;

/** The browser has no shared worker, or one that does not answer. */
class NoWorkerError extends Error {
  override readonly name = "NoWorkerError";
}

interface Options {
  readonly base: string;
  /** May throw: browsers forbid workers in some modes. */
  readonly connect: () => MessagePort;
  readonly ownSource: Source;
  readonly proof: () => string | null;
  readonly after: After;
}

/** Return the shared stream as a source, which falls back to `ownSource` once the worker fails. */
export function sharedSource(options: Options): Source {
  let isBroken = false;
  return async (since, signal, emit) => {
    if (isBroken) return options.ownSource(since, signal, emit);
    try {
      return await readPort(options, since, signal, emit);
    } catch (error) {
      if (!(error instanceof NoWorkerError)) throw error;
      isBroken = true;
      return options.ownSource(since, signal, emit);
    }
  };
}

function readPort(
  { base, connect, proof, after }: Options,
  since: number | null,
  signal: AbortSignal,
  emit: (event: StreamEvent) => void,
): Promise<Ending> {
  return new Promise((resolve, reject) => {
    const port = portOf(connect);
    const post = (message: ToWorker) => port.postMessage(message);
    const cancelTimer = after(JOIN_MS, () => leave(new NoWorkerError("The worker is silent.")));
    const leave = (reason: unknown) => {
      cancelTimer();
      post({ type: "leave" });
      port.close();
      reject(reason);
    };
    signal.addEventListener("abort", () => leave(signal.reason), { once: true });
    port.onmessage = ({ data }: MessageEvent<ToPage>) => {
      cancelTimer();
      if (data.type === "event") emit(data.event);
      else if (data.type === "end") {
        port.close();
        resolve(data.ending);
      }
    };
    post({ type: "join", base, since, proof: proof() });
  });
}

function portOf(connect: () => MessagePort): MessagePort {
  try {
    return connect();
  } catch (error) {
    throw new NoWorkerError("The browser starts no worker.", { cause: error });
  }
}
