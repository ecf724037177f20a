import { expect, test } from "vitest";
import { Problem } from "@/api/problem";
import { en } from "@/i18n/en";
import { cookieEntry as english } from "@/i18n/en/cookieEntry";
import { zhCN } from "@/i18n/zh-CN";
import { cookieEntry as chinese } from "@/i18n/zh-CN/cookieEntry";
import { verdictOn } from "./verdict";

/** Every refusal of the interface's document. */
const CODES = [
  "cookie_empty",
  "cookie_control_character",
  "cookie_non_ascii",
  "cookie_too_large",
  "no_cookie_in_snippet",
  "session_cookie_missing",
  "session_cookie_incomplete",
  "cookie_ambiguous",
  "cookie_expired",
  "cookie_rejected",
  "cannot_verify",
];

function problem(code: string, status = 422): Problem {
  return new Problem({ status, code, detail: "the server's own sentence" });
}

test.each(CODES)("%s is told in words of its own, with a way to mend it", (code) => {
  const told = verdictOn(problem(code), english, en);
  const toldInChinese = verdictOn(problem(code), chinese, zhCN);
  expect(told.mend).toBeTruthy();
  expect(toldInChinese.mend).toMatch(/\p{Script=Han}/u);
  expect(toldInChinese.title).toMatch(/\p{Script=Han}/u);
  expect(told.title).not.toContain("own sentence");
});

test("the user can use a cookie in spite of a doubtful refusal", () => {
  const doubtful = CODES.filter((code) => verdictOn(problem(code), english, en).wayOut === "force");
  expect(doubtful).toEqual([
    "session_cookie_missing",
    "session_cookie_incomplete",
    "cookie_ambiguous",
    "cookie_expired",
  ]);
});

test("only what could not be tried can be saved untried", () => {
  expect(verdictOn(problem("cannot_verify", 503), english, en).wayOut).toBe("withoutCheck");
  expect(verdictOn(problem("cookie_rejected"), english, en).wayOut).toBeNull();
});

test("a body that was too large for the server is too large for a cookie", () => {
  const { title } = verdictOn(problem("body_too_large", 413), english, en);
  expect(title).toBe(english.refusals.cookie_too_large.title);
});

test("another failure is explained by its code and can be tried again", () => {
  const told = verdictOn(problem("network", 0), english, en);
  expect(told).toMatchObject({ title: en.common.problems.network, wayOut: "retry" });
});
