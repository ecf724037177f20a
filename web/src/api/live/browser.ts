/** The environment that the browser provides. */
import { after } from "@/lib/platform/after";
import { Clock } from "@/lib/platform/clock";
import { notifyChoice } from "@/lib/platform/notifications";
import { sessionProof } from "../session";
import type { Environment } from "./environment";
import { sharedSource } from "./port";
import { sourceFrom } from "./source";

function connectWorker(): MessagePort {
  // Vite bundles the worker only if its address is written inside the call.
  return new SharedWorker(new URL("./worker.ts", import.meta.url), { type: "module" }).port;
}

function onChange(callback: () => void): () => void {
  document.addEventListener("visibilitychange", callback);
  window.addEventListener("online", callback);
  window.addEventListener("offline", callback);
  return () => {
    document.removeEventListener("visibilitychange", callback);
    window.removeEventListener("online", callback);
    window.removeEventListener("offline", callback);
  };
}

export function browserEnvironment(base: string): Environment {
  const ownSource = sourceFrom(base, (...call) => globalThis.fetch(...call), sessionProof);
  return {
    source: sharedSource({
      base,
      connect: connectWorker,
      ownSource,
      proof: sessionProof,
      after,
    }),
    clock: new Clock(),
    random: Math.random,
    after,
    // A page that notifies its user has to listen while it is hidden.
    isVisible: () => document.visibilityState === "visible" || notifyChoice() === "on",
    isOnline: () => navigator.onLine,
    onChange,
  };
}
