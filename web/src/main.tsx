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
import { App } from "@/app/App";
import { makeQueryClient } from "@/app/queryClient";
import { after } from "@/lib/platform/after";
import { holdBackLaterParts } from "@/lib/platform/firstView";

const root = document.getElementById("root");
if (root === null) throw new Error("index.html has no #root");

// Opened before the first render, with the session of a login link: its first events decide which face of the page is shown.
const live = new Live(browserEnvironment(BASE));
addTickets();
holdBackLaterParts(after);
void enter().then(() => {
  live.start();
  void applyFirstAnswers(live);
});

// As a transition, the first rendering does not block the browser.
startTransition(() =>
  createRoot(root).render(
    <StrictMode>
      <App live={live} queryClient={makeQueryClient()} />
    </StrictMode>,
  ),
);
