/** Shows a part of the page as it stands within the whole: live state, language, zone, theme. */
import { act, render } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import type { ReactNode } from "react";
import { Live, type LiveState } from "@/api/live";
import { Providers } from "@/app/Providers";
import { makeQueryClient } from "@/app/queryClient";
import * as samples from "./samples";

type Known = Pick<LiveState, "status" | "settings">;

export function show(ui: ReactNode, known: Partial<Known> = {}) {
  const stream = openStream();
  const live = new Live({
    fetch: async () => stream.response,
    random: () => 0,
    after: () => () => undefined,
    isVisible: () => true,
    isOnline: () => true,
    onChange: () => () => undefined,
  });
  live.offer({ status: samples.status, settings: samples.settings, ...known });
  const queryClient = makeQueryClient();
  const user = userEvent.setup();
  const page = render(
    <Providers live={live} queryClient={queryClient}>
      {ui}
    </Providers>,
  );
  return {
    ...page,
    user,
    live,
    queryClient,
    /** The server's state has changed. */
    change: (part: Partial<Known>) => act(() => live.offer(part)),
    /** The server says something on the stream; resolves when the page has heard it. */
    say: (name: string, data: unknown) => act(() => stream.say(name, data)),
  };
}

function openStream() {
  const encoder = new TextEncoder();
  let write: (text: string) => void = () => undefined;
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => {
      write = (text) => controller.enqueue(encoder.encode(text));
    },
  });
  return {
    response: new Response(body, { headers: { "content-type": "text/event-stream" } }),
    say: async (name: string, data: unknown) => {
      write(`event: ${name}\ndata: ${JSON.stringify(data)}\n\n`);
      // The bytes pass through the decoder's stream, which takes some turns of the loop.
      for (let turn = 0; turn < 5; turn += 1) await new Promise((done) => setTimeout(done));
    },
  };
}
