import { afterEach, expect, test, vi } from "vitest";
import { hasForeignWorker, isControlledByWorker, removeForeignWorkers } from "./serviceWorkers";

afterEach(() => {
  Reflect.deleteProperty(navigator, "serviceWorker");
  vi.unstubAllGlobals();
});

function setContainer(value: unknown): void {
  Object.defineProperty(navigator, "serviceWorker", { value, configurable: true });
}

test("every worker is unregistered, and its stored data is deleted", async () => {
  const workers = [{ unregister: vi.fn() }, { unregister: vi.fn() }];
  const stored = { keys: async () => ["one", "two"], delete: vi.fn() };
  vi.stubGlobal("caches", stored);
  setContainer({ getRegistrations: async () => workers });
  await removeForeignWorkers();
  for (const { unregister } of workers) expect(unregister).toHaveBeenCalledOnce();
  expect(stored.delete.mock.calls).toEqual([["one"], ["two"]]);
});

test("without support for workers, no worker is registered", async () => {
  setContainer(undefined);
  expect(isControlledByWorker()).toBe(false);
  expect(await hasForeignWorker()).toBe(false);
});

test("a worker that controls the page is known at once", () => {
  setContainer({ controller: {} });
  expect(isControlledByWorker()).toBe(true);
  setContainer({ controller: null });
  expect(isControlledByWorker()).toBe(false);
});
