import { beforeEach, expect, test, vi } from "vitest";
import { makeLive } from "@/test/render";
import { SAMPLE_NOW } from "@/test/samples";
import { Refetching } from "./Refetching";

beforeEach(() => {
  vi.useFakeTimers({ now: SAMPLE_NOW });
});

test("a fetch that another component has begun meanwhile is not begun again", () => {
  const state = { status: "success", error: null, dataUpdatedAt: SAMPLE_NOW } as const;
  let fetchStatus: "idle" | "fetching" = "idle";
  const refetch = vi.fn(() => {
    fetchStatus = "fetching";
  });
  const { live } = makeLive();
  for (const component of [new Refetching(live), new Refetching(live)]) {
    component.plan(() => ({ ...state, fetchStatus }), true, refetch);
  }
  vi.advanceTimersByTime(1_000);
  expect(refetch).toHaveBeenCalledOnce();
});
