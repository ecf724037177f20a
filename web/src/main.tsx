/** Starts the page: one live stream, one cache of answers, one tree. */
import "./styles.css";
import { StrictMode, startTransition } from "react";
import { createRoot } from "react-dom/client";
import { browser, Live } from "@/api/live";
import { App } from "@/app/App";
import { makeQueryClient } from "@/app/queryClient";

const root = document.getElementById("root");
if (root === null) throw new Error("index.html has no #root");

// Opened before the first render: its first events decide which face of the page is shown.
const live = new Live(browser);
live.start();

// As a transition the first rendering is cut into slices and never holds the browser up.
startTransition(() =>
  createRoot(root).render(
    <StrictMode>
      <App live={live} queryClient={makeQueryClient()} />
    </StrictMode>,
  ),
);
