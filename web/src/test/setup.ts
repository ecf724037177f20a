/** What every test stands on: matchers, a mocked network that knows each call, a clean page. */
import "@testing-library/jest-dom/vitest";
import "./canvas";
import { cleanup } from "@testing-library/react";
import { afterAll, afterEach, beforeAll, beforeEach, expect, vi } from "vitest";
import { server } from "./server";

beforeAll(() => server.listen({ onUnhandledRequest: "error" }));

// A warning is an error: a test in which the console was complained to fails.
beforeEach(() => {
  vi.spyOn(console, "error");
  vi.spyOn(console, "warn");
});

afterEach(() => {
  cleanup();
  expect(console.error).not.toHaveBeenCalled();
  expect(console.warn).not.toHaveBeenCalled();
  server.resetHandlers();
  vi.useRealTimers();
  localStorage.clear();
  window.history.replaceState(null, "", "/");
});

afterAll(() => server.close());
