/** A page's share of the stream over a real port, and what happens where there is no worker. */
import { expect, test } from "vitest";
import { type OpenStream, sharedBy, type ToPage, type ToWorker } from "./opening";

/** What answers at the other end of the port. */
class Worker {
  readonly heard: ToWorker[] = [];
  readonly timers: (() => void)[] = [];
  ports = 0;
  owned: (number | null)[] = [];
  private port: MessagePort | undefined;

  readonly portOf = (): MessagePort => {
    const { port1, port2 } = new MessageChannel();
    this.port = port2;
    this.ports += 1;
    port2.onmessage = ({ data }: MessageEvent<ToWorker>) => this.heard.push(data);
    return port1;
  };

  readonly own: OpenStream = async (since) => {
    this.owned.push(since);
    return new Response("own");
  };

  readonly open = sharedBy(this.portOf, this.own, (_, callback) => {
    this.timers.push(callback);
    return () => void this.timers.splice(this.timers.indexOf(callback), 1);
  });

  say(message: ToPage): void {
    this.port?.postMessage(message);
  }
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((done) => setTimeout(done));
}

function opened(worker: Worker, since: number | null = null) {
  const stop = new AbortController();
  return { stop, answer: worker.open(since, stop.signal) };
}

test("the worker is told where the page stands, and its words are the answer's body", async () => {
  const worker = new Worker();
  const { answer } = opened(worker, 7);
  worker.say({ kind: "heard" });
  worker.say({ kind: "head", status: 200, type: "text/event-stream" });
  worker.say({ kind: "text", text: "id: 7\n\n" });
  worker.say({ kind: "text", text: ":\n\n" });
  worker.say({ kind: "end" });
  const response = await answer;
  expect(response.headers.get("content-type")).toBe("text/event-stream");
  expect(await response.text()).toBe("id: 7\n\n:\n\n");
  await until(() => worker.heard.length > 0);
  expect(worker.heard).toEqual([{ since: 7 }]);
  expect(worker.timers).toEqual([]);
  expect(worker.owned).toEqual([]);
});

test("a refusal comes through with its status", async () => {
  const worker = new Worker();
  const { answer } = opened(worker);
  worker.say({ kind: "head", status: 401, type: "application/problem+json" });
  expect((await answer).status).toBe(401);
});

test("who is told off leaves, and the body ends with an error", async () => {
  const worker = new Worker();
  const { answer, stop } = opened(worker);
  worker.say({ kind: "head", status: 200, type: "text/event-stream" });
  const response = await answer;
  stop.abort();
  await expect(response.text()).rejects.toThrow();
  await until(() => worker.heard.at(-1) === "leave");
});

test("a stream that ends before it begins is a failure", async () => {
  const worker = new Worker();
  const { answer } = opened(worker);
  worker.say({ kind: "end" });
  await expect(answer).rejects.toThrow();
  expect(worker.owned).toEqual([]);
});

test("a worker that does not answer is not asked again", async () => {
  const worker = new Worker();
  const { answer } = opened(worker, 3);
  worker.timers[0]?.();
  expect(await (await answer).text()).toBe("own");
  await opened(worker, 4).answer;
  expect(worker.owned).toEqual([3, 4]);
  expect(worker.ports).toBe(1);
});

test("a browser that starts no worker has a stream for each page", async () => {
  const owned: (number | null)[] = [];
  const open = sharedBy(
    () => {
      throw new Error("not allowed");
    },
    async (since) => {
      owned.push(since);
      return new Response("own");
    },
    () => () => undefined,
  );
  await open(9, new AbortController().signal);
  expect(owned).toEqual([9]);
});
