import { expect, test, vi } from "vitest";

test("the worker loads without a document", async () => {
  vi.stubGlobal("document", undefined);
  try {
    await expect(import("./worker")).resolves.toBeDefined();
  } finally {
    vi.unstubAllGlobals();
  }
});
