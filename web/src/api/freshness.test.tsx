import { useQuery } from "@tanstack/react-query";
import { act, screen } from "@testing-library/react";
import { beforeEach, expect, test, vi } from "vitest";
import { show } from "@/test/render";
import { SAMPLE_NOW } from "@/test/samples";
import { useRefetchWhile } from "./freshness";
import { Problem } from "./problem";

beforeEach(() => {
  vi.useFakeTimers({ now: SAMPLE_NOW, shouldAdvanceTime: true });
});

function Answer({ ask }: { ask: () => Promise<string> }) {
  const queryKey = ["answer"];
  const query = useQuery({ queryKey, queryFn: ask });
  useRefetchWhile(false, queryKey, query.refetch);
  return <p>{query.data ?? "nothing"}</p>;
}

const failure = (status: number) => new Problem({ status, code: "network", detail: "" });

test("after a failure that may pass, the call is tried again without any further event", async () => {
  const ask = vi.fn<() => Promise<string>>();
  ask.mockRejectedValueOnce(failure(0)).mockRejectedValueOnce(failure(503));
  ask.mockResolvedValue("here");
  show(<Answer ask={ask} />);
  await act(() => vi.advanceTimersByTimeAsync(10_000));
  expect(screen.getByText("here")).toBeVisible();
  expect(ask).toHaveBeenCalledTimes(3);
});

test("a server that keeps failing is asked less and less often", async () => {
  const ask = vi.fn(() => Promise.reject(failure(503)));
  show(<Answer ask={ask} />);
  await act(() => vi.advanceTimersByTimeAsync(120_000));
  expect(ask.mock.calls.length).toBeGreaterThan(5);
  expect(ask.mock.calls.length).toBeLessThan(10);
});

test("a refused call is not repeated", async () => {
  const ask = vi.fn(() => Promise.reject(failure(422)));
  show(<Answer ask={ask} />);
  await act(() => vi.advanceTimersByTimeAsync(60_000));
  expect(ask).toHaveBeenCalledTimes(1);
});
