import { expect, test } from "vitest";
import { describe } from "./report";

test("a message is kept without the texts that it quotes", () => {
  const secret = "eyJhbGciOiJkaXIiLCJlbmMi0";
  const error = new SyntaxError(`Unexpected token 'e', "${secret}" is not valid JSON: ${secret}`);
  const described = describe(error);
  expect(described).toContain("SyntaxError: Unexpected token <text>, <text> is not valid JSON");
  expect(described).not.toContain(secret);
});

test("places in the code are kept without the page's address", () => {
  const error = new TypeError("failed");
  error.stack = `TypeError: failed\n    at draw (${document.baseURI}assets/index.js:3:7)`;
  expect(describe(error)).toBe("TypeError: failed\nat draw (<page>/assets/index.js:3:7)");
});

test("a value that is no error is not shown", () => {
  expect(describe({ cookie: "a=b" })).toBe("object");
});
