import { act, renderHook } from "@testing-library/react";
import { beforeEach, expect, test } from "vitest";
import { useHidden } from "./useHidden";

const ALL = ["a", "b", "c"];

beforeEach(() => localStorage.clear());

function hidden(group: "model" | "api_key" = "model") {
  const { result } = renderHook(() => useHidden(group));
  return {
    names: () => [...result.current.models],
    toggle: (...names: string[]) => act(() => names.forEach(result.current.toggle)),
    solo: (name: string) => act(() => result.current.solo(name, ALL)),
    showAll: () => act(() => result.current.showAll()),
  };
}

test("a model is hidden, and shown again", () => {
  const { names, toggle } = hidden();
  toggle("a");
  expect(names()).toEqual(["a"]);
  toggle("a");
  expect(names()).toEqual([]);
});

test("models hidden before the first is rendered are all hidden", () => {
  const { names, toggle } = hidden();
  toggle("a", "b");
  expect(names()).toEqual(["a", "b"]);
  expect(hidden().names()).toEqual(["a", "b"]);
});

test("only one model is shown; the same again shows all", () => {
  const { names, solo } = hidden();
  solo("b");
  expect(names()).toEqual(["a", "c"]);
  solo("b");
  expect(names()).toEqual([]);
});

test("a hidden model becomes the only one, and all are shown at once", () => {
  const { names, toggle, solo, showAll } = hidden();
  toggle("b");
  solo("b");
  expect(names()).toEqual(["a", "c"]);
  showAll();
  expect(names()).toEqual([]);
});

test("models and API keys are hidden apart, and remembered by the browser", () => {
  hidden("model").toggle("a");
  hidden("api_key").toggle("ci");
  expect(hidden("model").names()).toEqual(["a"]);
  expect(hidden("api_key").names()).toEqual(["ci"]);
});
