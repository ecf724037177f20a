/** The worker that holds the one stream of a browser; each page has a port to it. */
import { after } from "@/lib/after";
import { ownBy, type ToPage, type ToWorker } from "./opening";
import { SharedStream } from "./shared";

const stream = new SharedStream(
  ownBy((...call) => globalThis.fetch(...call)),
  after,
);

function serve(port: MessagePort): void {
  const say = (message: ToPage) => port.postMessage(message);
  let leave: () => void = () => undefined;
  port.onmessage = ({ data }: MessageEvent<ToWorker>) => {
    if (data === "leave") {
      leave();
      port.close();
      return;
    }
    say({ kind: "heard" });
    leave = stream.join({
      since: data.since,
      head: (status, type) => say({ kind: "head", status, type }),
      text: (text) => say({ kind: "text", text }),
      end: () => say({ kind: "end" }),
    });
  };
}

globalThis.addEventListener("connect", (event) => {
  if (!(event instanceof MessageEvent)) return;
  for (const port of event.ports) serve(port);
});
