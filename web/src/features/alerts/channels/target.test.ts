import { describe, expect, test } from "vitest";
import { KINDS, type Values } from "./forms";
import { changesOf, missingFields, targetOf } from "./target";

test.each<[Parameters<typeof targetOf>[0], Values, string, string | null]>([
  ["feishu", { url: " https://f/hook ", secret: "s" }, "https://f/hook", "s"],
  ["bark", { url: "https://api.day.app/KEY/推送标题/内容" }, "https://api.day.app/KEY", null],
  ["bark", { url: "https://bark.example.com/KEY" }, "https://bark.example.com/KEY", null],
  ["telegram", { secret: "t", chat: "-10 0" }, "https://api.telegram.org/?chat_id=-10+0", "t"],
  [
    "telegram",
    { secret: "t", chat: "4", server: "http://127.0.0.1:9/" },
    "http://127.0.0.1:9/?chat_id=4",
    "t",
  ],
  ["serverchan", { secret: "SCT1" }, "https://sctapi.ftqq.com", "SCT1"],
  ["serverchan", { secret: "sctp12t9" }, "https://12.push.ft07.com/send", "sctp12t9"],
  ["wxpusher", { secret: "AT", uid: "UID_1" }, "https://wxpusher.zjiecode.com/?uid=UID_1", "AT"],
  [
    "mail",
    { host: "smtp.x.com", user: "me@x.com", secret: "p", to: "a@x.com, b@x.com" },
    "smtps://me%40x.com@smtp.x.com/?from=me%40x.com&to=a%40x.com&to=b%40x.com",
    "p",
  ],
  [
    "mail",
    { host: "127.0.0.1:25", security: "smtp", from: "f@x.com", to: "a@x.com" },
    "smtp://127.0.0.1:25/?from=f%40x.com&to=a%40x.com",
    null,
  ],
])("%s: %j becomes an address and a secret", (kind, values, url, secret) => {
  expect(targetOf(kind, values)).toEqual({ url, secret });
});

describe("missing fields", () => {
  test("are named", () => {
    expect(missingFields("telegram", { chat: " " })).toEqual(["secret", "chat"]);
    expect(missingFields("feishu", { url: "https://f" })).toEqual([]);
  });

  test("a browser needs none", () => {
    expect(missingFields("browser", {})).toEqual([]);
    expect(targetOf("browser", {})).toEqual({ url: null, secret: null });
  });

  test("every other kind needs something", () => {
    const without = KINDS.filter((kind) => missingFields(kind, {}).length === 0);
    expect(without).toEqual(["browser"]);
  });
});

describe("a stored channel", () => {
  const stored = { has_secret: true };

  test("keeps values that are not entered", () => {
    expect(missingFields("telegram", {}, stored)).toEqual([]);
    expect(changesOf("telegram", {})).toEqual({});
    expect(changesOf("feishu", { secret: "new" })).toEqual({ secret: "new" });
    expect(changesOf("feishu", { url: "https://f" })).toEqual({ url: "https://f" });
  });

  test("needs a whole address where a part of it is entered", () => {
    expect(missingFields("telegram", { server: "https://t" }, stored)).toEqual(["chat"]);
  });

  test("needs the secret that it does not have", () => {
    expect(missingFields("pushplus", {}, { has_secret: false })).toEqual(["secret"]);
  });
});
