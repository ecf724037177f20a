import { expect, test } from "vitest";
import { hostOf, originOf } from "./origin";

test.each([
  ["https://www.aicodemirror.com/dashboard", "aicodemirror.com"],
  ["http://127.0.0.1:8080", "127.0.0.1:8080"],
  ["not an address", "not an address"],
])("the host of %s is %s", (address, host) => expect(hostOf(address)).toBe(host));

test.each([
  [" https://www.aicodemirror.ai/dashboard/usage ", "https://www.aicodemirror.ai"],
  ["javascript:alert(1)", null],
  ["aicodemirror.ai", null],
])("the origin of %s is %s", (text, origin) => expect(originOf(text)).toBe(origin));
