import { afterEach, expect, test } from "vitest";
import { readStored, writeStored } from "./storage";

afterEach(() => window.history.replaceState(null, "", "/"));

test("the demo begins with the user's values and changes only its own", () => {
  writeStored("theme", "dark");
  window.history.replaceState(null, "", "/curve/demo/");
  expect(readStored("theme")).toBe("dark");
  writeStored("theme", "light");
  expect(readStored("theme")).toBe("light");
  window.history.replaceState(null, "", "/curve/");
  expect(readStored("theme")).toBe("dark");
});
