import { act, renderHook } from "@testing-library/react";
import { beforeEach, expect, test, vi } from "vitest";
import { useZoom } from "./useZoom";

const HOUR = 3_600_000;
const range = { from: 0, to: 6 * HOUR };
const zoomInAddress = () => new URLSearchParams(window.location.search).get("zoom");

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
});

test("the address follows when the zoom rests", () => {
  const { result } = renderHook(() => useZoom(range));
  act(() => result.current.onZoom({ from: HOUR, to: 2 * HOUR }));
  expect(zoomInAddress()).toBeNull();
  act(() => vi.advanceTimersByTime(1_000));
  expect(zoomInAddress()).not.toBeNull();
});

test("leaving the page writes the zoom to the address at once", () => {
  const { result } = renderHook(() => useZoom(range));
  act(() => result.current.onZoom({ from: HOUR, to: 2 * HOUR }));
  act(() => window.dispatchEvent(new Event("pagehide")));
  expect(zoomInAddress()).not.toBeNull();
});
