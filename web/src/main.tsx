/** Starts the page. */
import "./styles.css";
import { StrictMode, startTransition } from "react";
import { createRoot } from "react-dom/client";
import { BASE } from "@/api/client";
import { browserEnvironment } from "@/api/live/browser";
import { Live } from "@/api/live/Live";
import { App } from "@/app/App";
import { makeQueryClient } from "@/app/queryClient";

const root = document.getElementById("root");
if (root === null) throw new Error("index.html has no #root");

// Opened before the first render: its first events decide which face of the page is shown.
const live = new Live(browserEnvironment(BASE));
live.start();

// As a transition, the first rendering does not block the browser.
startTransition(() =>
  createRoot(root).render(
    <StrictMode>
      <App live={live} queryClient={makeQueryClient()} />
    </StrictMode>,
  ),
);
