import { expect, test } from "vitest";
import { retrying } from "./retrying";

const atOnce = (_ms: number, callback: () => void) => {
  callback();
  return () => undefined;
};

const isServed = async () => true;

test("a part that fails to load is loaded again", async () => {
  let failures = 3;
  const load = async () => {
    failures -= 1;
    if (failures > 0) throw new TypeError("Failed to fetch");
    return "part";
  };
  expect(await retrying(load, atOnce, isServed)).toBe("part");
});

test("a part that never loads from a server that answers fails in the end", async () => {
  const load = () => Promise.reject(new TypeError("Failed to fetch"));
  await expect(retrying(load, atOnce, isServed)).rejects.toThrow("Failed to fetch");
});

test("a server that is away is waited for, however long", async () => {
  let failures = 100;
  const load = async () => {
    failures -= 1;
    if (failures > 0) throw new TypeError("Failed to fetch");
    return "part";
  };
  expect(await retrying(load, atOnce, async () => false)).toBe("part");
});
