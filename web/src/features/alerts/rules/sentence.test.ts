import { expect, test } from "vitest";
import { alertSettings as en } from "@/i18n/en/alertSettings";
import { alertSettings as zhCN } from "@/i18n/zh-CN/alertSettings";
import { KINDS, withPresent } from "./kinds";
import { numberFrom, piecesOf } from "./sentence";

test("a sentence becomes texts and controls", () => {
  expect(piecesOf("Spend in {window} above {above}")).toEqual([
    { text: "Spend in" },
    { name: "window" },
    { text: "above" },
    { name: "above" },
  ]);
});

test.each(KINDS)("both languages have the same controls for %s", (kind) => {
  const names = (sentence: string) =>
    piecesOf(sentence)
      .flatMap((piece) => ("name" in piece ? [piece.name] : []))
      .sort();
  expect(names(zhCN.rules.sentences[kind])).toEqual(names(en.rules.sentences[kind]));
});

test.each([
  ["5,000", 5_000],
  ["5 000", 5_000],
  ["1.5", 1.5],
  ["0", 0],
  ["", null],
  ["-3", null],
  ["many", null],
])("%j is the number %j", (text, value) => {
  expect(numberFrom(text)).toBe(value);
});

test("a value that is not offered is offered as well", () => {
  expect(withPresent([60, 300], 120)).toEqual([60, 120, 300]);
  expect(withPresent([60, 300], 60)).toEqual([60, 300]);
});
