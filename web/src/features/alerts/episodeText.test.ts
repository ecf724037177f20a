import { describe, expect, test } from "vitest";
import type { Episode } from "@/api/alerts";
import { alerts as texts } from "@/i18n/en/alerts";
import { formatOf } from "@/i18n/format";
import { detailOf, spanOf, titleOf, whenText } from "./episodeText";

const NOW = Date.parse("2025-11-27T09:41:00.000Z");
const words = { texts, format: formatOf("en", "UTC") } as const;

function episode(change: Partial<Episode>): Episode {
  return {
    id: "1",
    rule: "r",
    kind: "spend",
    state: "firing",
    since: "2025-11-27T03:12:00.000Z",
    until: null,
    value: 5_000,
    peak: 5_284,
    subject: null,
    model: null,
    api_key: null,
    confirmed_at: null,
    snoozed_until: null,
    delivery: "sent",
    messages: [],
    ...change,
  };
}

describe("the detail of an episode", () => {
  test.each([
    [{ kind: "spend", subject: "claude-opus-4-5-20251101" }, "5,284 credits · Opus 4.5"],
    [{ kind: "spend", subject: "laptop" }, "5,284 credits · key laptop"],
    [
      { kind: "away", model: "claude-opus-4-5-20251101", api_key: "tmp-7f3a" },
      "5,284 credits · Opus 4.5 · key tmp-7f3a",
    ],
    [{ kind: "balance", peak: 700 }, "700 credits left"],
    [{ kind: "rate", peak: 3.14 }, "3.1 times the usual"],
    [{ kind: "cookie", peak: 0, subject: "invalid" }, "signed out"],
    [{ kind: "cookie", peak: 7.6, subject: "valid" }, "expires in 8 h"],
    [{ kind: "new_key", peak: 1, subject: "tmp-7f3a" }, "1 new key · key tmp-7f3a"],
    [{ kind: "silence", peak: 22 }, "no data for 22 min"],
    [{ kind: "disk", peak: 0.031 }, "3.1% free"],
    [{ kind: null, peak: 3 }, ""],
  ] as const)("%j reads %s", (change, text) => {
    expect(detailOf(episode(change), words)).toBe(text);
  });

  test("amounts in yuan arrive in thousandths", () => {
    expect(
      detailOf(episode({}), {
        ...words,
        format: formatOf("en", "UTC", "yuan"),
      }),
    ).toBe("¥5.284");
  });
});

test("an episode of a deleted rule has a title", () => {
  expect(titleOf(episode({ kind: null }), texts)).toBe("Alert of a deleted rule");
});

test.each([
  [{}, "since 03:12"],
  [{ since: "2025-11-25T21:08:00.000Z" }, "since 11-25 21:08"],
  [{ until: "2025-11-27T04:02:00.000Z" }, "03:12 – 04:02"],
  [{ until: "2025-11-27T03:12:20.000Z" }, "03:12"],
  [
    { since: "2025-11-25T23:00:00.000Z", until: "2025-11-26T01:00:00.000Z" },
    "11-25 23:00 – 11-26 01:00",
  ],
])("when: %j reads %s", (change, text) => {
  expect(whenText(episode(change), NOW, words)).toBe(text);
});

test("an episode that is not over lasts until now", () => {
  expect(spanOf(episode({}), NOW).to).toBe(NOW);
});
