/** The environment of every test: matchers, a mocked network, and checks of the page it leaves. */
import "@testing-library/jest-dom/vitest";
import "./canvas";
import { cleanup, configure, prettyDOM } from "@testing-library/react";
import { toast } from "sonner";
import { afterAll, afterEach, beforeAll, beforeEach, expect, vi } from "vitest";
import { findMixedTexts } from "./mixedText";
import { server } from "./server";

// Parts load on demand, on a machine that other tests keep busy.
configure({ asyncUtilTimeout: 10_000, getElementError: notFound });

const { captureStackTrace } = Error as {
  captureStackTrace?: (error: Error, above: unknown) => void;
};

/** An error that prints the page when it is read: those of repeated attempts never are. */
function notFound(message: string | null, container: Element): Error {
  const error = new Error();
  captureStackTrace?.(error, notFound);
  error.name = "TestingLibraryElementError";
  const get = () => [message, prettyDOM(container)].filter(Boolean).join("\n\n");
  return Object.defineProperty(error, "message", { get, configurable: true });
}

beforeAll(() => server.listen({ onUnhandledRequest: "error" }));

// A message on the console fails the test.
beforeEach(() => {
  vi.spyOn(console, "error");
  vi.spyOn(console, "warn");
});

afterEach(() => {
  const mixedTexts = findMixedTexts(document.body);
  cleanup();
  // Messages outlive the page that showed them.
  toast.dismiss();
  const messages = [console.error, console.warn].flatMap((log) => vi.mocked(log).mock.calls);
  server.resetHandlers();
  vi.useRealTimers();
  localStorage.clear();
  window.history.replaceState(null, "", "/");
  expect(messages).toEqual([]);
  expect(mixedTexts).toEqual([]);
});

// The copies of modules outlive a file: a part that is still loading would fail in the next one.
afterAll(async () => {
  await vi.dynamicImportSettled();
  server.close();
});
