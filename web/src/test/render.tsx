/**
 * Shows the page, or a part of it, as it stands within the whole: live state, language, zone, theme.
 * The stream is the test's own; it says what the server would.
 */
import { act, render } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import type { ReactElement } from "react";
import { Live, type LiveState, type Surroundings } from "@/api/live";
import { ownBy } from "@/api/opening";
import { App } from "@/app/App";
import { Providers } from "@/app/Providers";
import { makeQueryClient } from "@/app/queryClient";
import { settings, status } from "./samples";
import { TestStream } from "./stream";

/** What the server has said before the test begins; the samples where nothing is given. */
type Known = Partial<Pick<LiveState, "status" | "settings">>;

function makeStage(known: Known) {
  const stream = new TestStream();
  const surroundings: Surroundings = {
    open: ownBy(stream.fetch),
    random: () => 1,
    after: () => () => undefined,
    isVisible: () => true,
    isOnline: () => true,
    onChange: () => () => undefined,
  };
  const live = new Live(surroundings);
  live.offer({ status, settings, ...known });
  live.start();
  return {
    stream,
    live,
    queryClient: makeQueryClient(0),
    user: userEvent.setup(),
    /** The server's state has changed. */
    change: (part: Known) => act(() => live.offer(part)),
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
