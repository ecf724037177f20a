import { expect, test } from "vitest";
import { retrying } from "./retrying";

const atOnce = (_ms: number, callback: () => void) => {
  callback();
  return () => undefined;
};

test("a part that fails to load is loaded again", async () => {
  let failures = 3;
  const load = async () => {
    failures -= 1;
    if (failures > 0) throw new TypeError("Failed to fetch");
    return "part";
  };
  expect(await retrying(load, atOnce)).toBe("part");
});

test("a part that never loads fails in the end", async () => {
  const load = () => Promise.reject(new TypeError("Failed to fetch"));
  await expect(retrying(load, atOnce)).rejects.toThrow("Failed to fetch");
});
