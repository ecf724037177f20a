import { expect, test } from "vitest";
import type { Status } from "@/api/types";
import { status } from "@/test/samples";
import { isFirstVisit, troubleOf } from "./trouble";

function changed(link: Partial<Status["link"]>, cookie: Partial<Status["cookie"]> = {}): Status {
  return { ...status, link: { ...status.link, ...link }, cookie: { ...status.cookie, ...cookie } };
}

test("a cookie that works is no trouble", () => {
  expect(troubleOf(status, true)).toBeNull();
});

test("a dead cookie is one, with its reason", () => {
  const dead = changed({ state: "cookie_invalid", code: "unauthorized" }, { state: "invalid" });
  expect(troubleOf(dead, true)).toMatchObject({ kind: "died", reason: "unauthorized" });
});

test("a cookie that cannot be read is one", () => {
  expect(troubleOf(changed({ state: "no_cookie" }, { state: "unreadable" }), true)?.kind).toBe(
    "unreadable",
  );
});

test("a refusal of the account is one only once collecting was switched off by it", () => {
  const refused = changed({ state: "degraded", code: "upstream_forbidden" });
  expect(troubleOf(refused, true)).toBeNull();
  expect(troubleOf(changed({ state: "off", code: "upstream_forbidden" }), false)?.kind).toBe(
    "forbidden",
  );
});

test("passing faults are not shown", () => {
  for (const state of ["degraded", "blocked", "storage_error", "off"] as const) {
    expect(troubleOf(changed({ state, code: "upstream_timeout" }), true)).toBeNull();
  }
});

test("another cookie's death is another trouble", () => {
  const first = troubleOf(changed({}, { state: "invalid", saved_at: "2025-01-01" }), true);
  const second = troubleOf(changed({}, { state: "invalid", saved_at: "2025-01-02" }), true);
  expect(first?.key).not.toBe(second?.key);
});

test("the first visit lasts until something is collected or about to be", () => {
  const empty = { ...changed({ last_success_at: null }), records: { ...status.records, total: 0 } };
  expect(isFirstVisit(empty, false)).toBe(true);
  expect(isFirstVisit(empty, true)).toBe(false);
  expect(isFirstVisit({ ...empty, cookie: { ...empty.cookie, state: "missing" } }, true)).toBe(
    true,
  );
  expect(isFirstVisit(status, false)).toBe(false);
});
