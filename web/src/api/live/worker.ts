/** The shared worker: it owns the browser's one stream, and each page has a port to it. */
import { after } from "@/lib/platform/after";
import { Hub } from "./Hub";
import type { ToPage, ToWorker } from "./port";
import { sourceFrom } from "./source";

const hubs = new Map<string, Hub>();
/** The latest proof of a session by address. */
const proofs = new Map<string, string | null>();

function hubOf(base: string): Hub {
  const known = hubs.get(base);
  if (known) return known;
  const hub = new Hub(
    sourceFrom(
      base,
      (...call) => globalThis.fetch(...call),
      () => proofs.get(base) ?? null,
    ),
    after,
  );
  hubs.set(base, hub);
  return hub;
}

function serve(port: MessagePort): void {
  const post = (message: ToPage) => port.postMessage(message);
  let leave = () => {};
  port.onmessage = ({ data }: MessageEvent<ToWorker>) => {
    if (data.type === "leave") {
      leave();
      port.close();
      return;
    }
    post({ type: "joined" });
    proofs.set(data.base, data.proof);
    leave = hubOf(data.base).join({
      since: data.since,
      emit: (event) => post({ type: "event", event }),
      end: (ending) => post({ type: "end", ending }),
    });
  };
}

globalThis.addEventListener("connect", (event) => {
  if (!(event instanceof MessageEvent)) return;
  for (const port of event.ports) serve(port);
});
