/** Starts the page: one live stream, one cache of answers, one tree. */
import "./styles.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { browser, Live } from "@/api/live";
import { App } from "@/app/App";
import { makeQueryClient } from "@/app/queryClient";

const root = document.getElementById("root");
if (root === null) throw new Error("index.html has no #root");

createRoot(root).render(
  <StrictMode>
    <App live={new Live(browser)} queryClient={makeQueryClient()} />
  </StrictMode>,
);
