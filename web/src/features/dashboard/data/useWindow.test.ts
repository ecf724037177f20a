import { act, renderHook } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { DAY_MS, SECOND_MS } from "@/lib/time";
import { useWindow } from "./useWindow";

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test.each([
  [1_440, 3],
  [400, 9],
])("on a page %i pixels wide an hour moves every %i seconds", async (width, seconds) => {
  vi.useFakeTimers({ now: DAY_MS });
  vi.stubGlobal("innerWidth", width);
  const { result } = renderHook(() => useWindow({ kind: "last", hours: 1 }, undefined));
  const ends: number[] = [];
  for (let second = 1; second <= 18; second += 1) {
    await act(() => vi.advanceTimersByTimeAsync(SECOND_MS));
    if (result.current.window.to !== ends.at(-1)) ends.push(result.current.window.to);
  }
  const steps = ends.map((end) => (end - DAY_MS) / SECOND_MS);
  expect(steps).toEqual(Array.from({ length: 18 / seconds + 1 }, (_, at) => at * seconds));
});
