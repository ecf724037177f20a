/** Puts the page, or a part of it, on a stage whose stream the test speaks by hand. */
import { QueryClient } from "@tanstack/react-query";
import { render } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import type { ReactElement } from "react";
import { Live, type LiveState, type Surroundings } from "@/api/live";
import { App } from "@/app/App";
import { Providers } from "@/app/Providers";
import { settings, status } from "./samples";
import { TestStream } from "./stream";

function makeStage(known: Partial<LiveState>) {
  const stream = new TestStream();
  const surroundings: Surroundings = {
    fetch: stream.fetch,
    random: () => 1,
    after: () => () => undefined,
    isVisible: () => true,
    isOnline: () => true,
    onChange: () => () => undefined,
  };
  const live = new Live(surroundings);
  live.offer({ status, settings, ...known });
  const queries = { staleTime: Number.POSITIVE_INFINITY, retry: false };
  const client = new QueryClient({ defaultOptions: { queries, mutations: { retry: false } } });
  return { stream, live, client, user: userEvent.setup() };
}

/** One component; `known` is what the stream has said of status and settings. */
export function renderPart(part: ReactElement, known: Partial<LiveState> = {}) {
  const stage = makeStage(known);
  const view = render(
    <Providers live={stage.live} queryClient={stage.client}>
      {part}
    </Providers>,
  );
  return { ...view, ...stage };
}

/** The whole page. */
export function renderPage(known: Partial<LiveState> = {}) {
  const stage = makeStage(known);
  const view = render(<App live={stage.live} queryClient={stage.client} />);
  return { ...view, ...stage };
}
