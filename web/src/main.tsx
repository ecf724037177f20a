/** Starts the page. */
import "./styles.css";
import { StrictMode, startTransition } from "react";
import { createRoot } from "react-dom/client";
import { addTickets } from "@/api/download";
import { enter } from "@/api/entry";
import { applyFirstAnswers } from "@/api/firstAnswers";
import { BASE } from "@/api/http";
import { browserEnvironment } from "@/api/live/browser";
import { Live } from "@/api/live/Live";
import { prefetchAccount } from "@/api/useAccount";
import { App } from "@/app/App";
import { makeQueryClient } from "@/app/queryClient";
import { prefetchCurve, prefetchFigures } from "@/features/dashboard/prefetch";
import { after } from "@/lib/platform/after";
import { firstViewDrawn, holdBackLaterParts } from "@/lib/platform/firstView";

const root = document.getElementById("root");
if (root === null) throw new Error("index.html has no #root");

const live = new Live(browserEnvironment(BASE));
const queryClient = makeQueryClient();
addTickets();
holdBackLaterParts(after);
void start();

// As a transition, the first rendering does not block the browser.
startTransition(() =>
  createRoot(root).render(
    <StrictMode>
      <App live={live} queryClient={queryClient} />
    </StrictMode>,
  ),
);

/** Ask for all that the first view needs at once, with the session of a login link. */
async function start(): Promise<void> {
  await enter();
  const isKnown = await applyFirstAnswers(live, (state) =>
    Promise.all([
      prefetchCurve(live, queryClient),
      prefetchFigures(live, queryClient),
      prefetchAccount(live, queryClient, state),
    ]),
  );
  // A store that changes while React renders makes it start again, in one long task.
  if (isKnown) await firstViewDrawn();
  live.start();
}
