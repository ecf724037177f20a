/** Renders the page, or a part of it, with its providers and a stream that the test controls. */
import { act, render } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import type { ReactElement } from "react";
import type { Environment } from "@/api/live/environment";
import { Live } from "@/api/live/Live";
import type { LiveState } from "@/api/live/state";
import { App } from "@/app/App";
import { Providers } from "@/app/Providers";
import { makeQueryClient } from "@/app/queryClient";
import { Clock } from "@/lib/platform/clock";
import { settings, status } from "./samples";
import { TestStream } from "./stream";

/** The state before the test starts; the samples by default. */
type Known = Partial<Pick<LiveState, "status" | "settings">>;

/** A live state, and the stream that it follows once it is started. */
export function makeLive() {
  const stream = new TestStream();
  const environment: Environment = {
    source: stream.source,
    clock: new Clock(),
    random: () => 1,
    after: () => () => undefined,
    isVisible: () => true,
    isOnline: () => true,
    onChange: () => () => undefined,
  };
  return { stream, live: new Live(environment) };
}

function makeStage(known: Known) {
  const { stream, live } = makeLive();
  live.applyAnswer({ status, settings, ...known });
  live.start();
  return {
    stream,
    live,
    queryClient: makeQueryClient(0),
    user: userEvent.setup(),
    /** The server's state has changed. */
    change: (part: Known) =>
      act(() => {
        if (part.status) stream.emit({ type: "status", status: part.status });
        if (part.settings) stream.emit({ type: "settings", settings: part.settings });
      }),
  };
}

/** A part of the page. */
export function show(part: ReactElement, known: Known = {}) {
  const stage = makeStage(known);
  const view = render(
    <Providers live={stage.live} queryClient={stage.queryClient}>
      {part}
    </Providers>,
  );
  return { ...view, ...stage };
}

/** The whole page. */
export function showPage(known: Known = {}) {
  const stage = makeStage(known);
  const view = render(<App live={stage.live} queryClient={stage.queryClient} />);
  return { ...view, ...stage };
}
