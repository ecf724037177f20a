import { expect, test } from "vitest";
import { TestTimers } from "@/test/timers";
import type { StreamEvent } from "./events";
import { sharedSource, type ToPage, type ToWorker } from "./port";
import type { Source } from "./source";

const BASE = "http://localhost/";

class Stage {
  readonly received: ToWorker[] = [];
  readonly emitted: StreamEvent[] = [];
  readonly owned: (number | null)[] = [];
  readonly timers = new TestTimers();
  readonly stop = new AbortController();
  ports = 0;
  private port: MessagePort | undefined;

  private readonly connect = (): MessagePort => {
    const { port1, port2 } = new MessageChannel();
    this.port = port2;
    this.ports += 1;
    port2.onmessage = ({ data }: MessageEvent<ToWorker>) => this.received.push(data);
    return port1;
  };

  readonly ownSource: Source = async (since) => {
    this.owned.push(since);
    return "ended";
  };

  readonly source: Source;

  constructor(connect?: () => MessagePort) {
    this.source = sharedSource({
      base: BASE,
      connect: connect ?? this.connect,
      ownSource: this.ownSource,
      proof: () => "proof",
      after: this.timers.after,
    });
  }

  open(since: number | null = null) {
    return this.source(since, this.stop.signal, (event) => this.emitted.push(event));
  }

  post(message: ToPage): void {
    this.port?.postMessage(message);
  }
}

async function until(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) await new Promise((done) => setTimeout(done));
}

test("the worker learns the page's revision, and its events are emitted", async () => {
  const stage = new Stage();
  const ending = stage.open(7);
  stage.post({ type: "joined" });
  stage.post({ type: "event", event: { type: "cursor", revision: 7 } });
  stage.post({ type: "end", ending: "locked" });
  expect(await ending).toBe("locked");
  expect(stage.emitted).toEqual([{ type: "cursor", revision: 7 }]);
  await until(() => stage.received.length > 0);
  expect(stage.received).toEqual([{ type: "join", base: BASE, since: 7, proof: "proof" }]);
  expect(stage.timers.running.size).toBe(0);
  expect(stage.owned).toEqual([]);
});

test("an aborted page leaves the worker", async () => {
  const stage = new Stage();
  const ending = stage.open();
  stage.post({ type: "joined" });
  await until(() => stage.timers.running.size === 0);
  stage.stop.abort();
  await expect(ending).rejects.toThrow();
  await until(() => stage.received.at(-1)?.type === "leave");
});

test("a silent worker is replaced by a stream of the page's own, and not asked again", async () => {
  const stage = new Stage();
  const ending = stage.open(3);
  await stage.timers.expire();
  expect(await ending).toBe("ended");
  await stage.open(4);
  expect(stage.owned).toEqual([3, 4]);
  expect(stage.ports).toBe(1);
});

test("a browser that forbids workers has a stream for each page", async () => {
  const stage = new Stage(() => {
    throw new Error("not allowed");
  });
  expect(await stage.open(9)).toBe("ended");
  expect(stage.owned).toEqual([9]);
});
