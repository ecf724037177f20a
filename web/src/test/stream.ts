/** The event stream as a test says it. */
import { act } from "@testing-library/react";

const encoder = new TextEncoder();

export class TestStream {
  /** The addresses that were asked for. */
  readonly asked: string[] = [];
  private controller: ReadableStreamDefaultController<Uint8Array> | undefined;

  readonly fetch: typeof globalThis.fetch = async (address) => {
    this.asked.push(String(address));
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        this.controller = controller;
      },
    });
    return new Response(body, { headers: { "content-type": "text/event-stream" } });
  };

  /** Greets with where the stream stands, as the server does. */
  async greet(revision: number): Promise<void> {
    await this.write(`retry: 1000\nid: ${revision}\n\n`);
  }

  async say(name: string, data: unknown, id?: number): Promise<void> {
    const lead = id === undefined ? "" : `id: ${id}\n`;
    await this.write(`${lead}event: ${name}\ndata: ${JSON.stringify(data)}\n\n`);
  }

  async end(): Promise<void> {
    await act(async () => {
      this.controller?.close();
      await settle();
    });
  }

  private async write(text: string): Promise<void> {
    await act(async () => {
      await settle();
      this.controller?.enqueue(encoder.encode(text));
      await settle();
    });
  }
}

/** Lets everything that is already on its way arrive. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 4; turn += 1) await new Promise((done) => setTimeout(done));
}
