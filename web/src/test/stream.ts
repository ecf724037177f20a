/** An event stream that a test controls. */
import { act } from "@testing-library/react";
import type { StreamEvent } from "@/api/live/events";
import { type Source, sourceFrom } from "@/api/live/source";

const encoder = new TextEncoder();
const BASE = "http://localhost/";

export class TestStream {
  /** The addresses that were requested. */
  readonly asked: string[] = [];
  readonly signals: AbortSignal[] = [];
  /** The status of the next answer. */
  status = 200;
  private controller: ReadableStreamDefaultController<Uint8Array> | undefined;

  readonly fetch: typeof globalThis.fetch = async (address, init) => {
    this.asked.push(String(address).slice(BASE.length - 1));
    if (init?.signal) this.signals.push(init.signal);
    if (this.status === 0) throw new TypeError("refused");
    if (this.status !== 200) return Response.json({}, { status: this.status });
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        this.controller = controller;
      },
    });
    return new Response(body, { headers: { "content-type": "text/event-stream" } });
  };

  /** Emit an event as if it had been read from the stream. */
  emit: (event: StreamEvent) => void = () => {
    throw new Error("The stream has not been opened.");
  };

  readonly source: Source = (since, signal, emit) => {
    this.emit = emit;
    return sourceFrom(BASE, this.fetch, () => null)(since, signal, emit);
  };

  /** Send the start of a stream: its cursor and a heartbeat. */
  async greet(revision: number): Promise<void> {
    await this.write(`retry: 1000\nid: ${revision}\n\n:\n\n`);
  }

  async say(name: string, data: unknown, id?: number): Promise<void> {
    await this.write(eventText(name, data, id));
  }

  async write(text: string): Promise<void> {
    await act(async () => {
      await settle();
      this.controller?.enqueue(encoder.encode(text));
      await settle();
    });
  }

  async end(): Promise<void> {
    await act(async () => {
      this.controller?.close();
      await settle();
    });
  }
}

export function eventText(name: string, data: unknown, id?: number): string {
  const lead = id === undefined ? "" : `id: ${id}\n`;
  return `${lead}event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
}

/** Let everything arrive that is already on its way. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) await new Promise((done) => setTimeout(done));
}
