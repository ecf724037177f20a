import { useQuery } from "@tanstack/react-query";
import { act, screen } from "@testing-library/react";
import { beforeEach, expect, test, vi } from "vitest";
import { show } from "@/test/render";
import { SAMPLE_NOW, status } from "@/test/samples";
import { useRefetchWhile } from "./freshness";
import { Problem } from "./problem";
import { useIsServerGone } from "./useIsServerGone";

beforeEach(() => {
  vi.useFakeTimers({ now: SAMPLE_NOW, shouldAdvanceTime: true });
});

interface Props {
  readonly ask: () => Promise<string>;
  readonly onRender?: () => void;
}

function Answer({ ask, onRender }: Props) {
  onRender?.();
  const queryKey = ["answer"];
  const query = useQuery({ queryKey, queryFn: ask });
  useRefetchWhile(false, queryKey, query.refetch);
  return <p>{query.data ?? "nothing"}</p>;
}

function Gone({ onRender }: { onRender: () => void }) {
  onRender();
  return <p>{useIsServerGone() ? "gone" : "here"}</p>;
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

test("no component renders for a fetch that changes nothing, or for a version it does not show", async () => {
  const onRender = vi.fn();
  const { change, queryClient } = show(
    <Answer ask={() => Promise.resolve("here")} onRender={onRender} />,
  );
  expect(await screen.findByText("here")).toBeVisible();
  onRender.mockClear();
  await act(() => queryClient.refetchQueries());
  change({ status: { ...status, versions: { ...status.versions, coverage: 2 } } });
  await act(() => vi.advanceTimersByTimeAsync(1_000));
  expect(onRender).not.toHaveBeenCalled();
});

test("whether the server is gone renders its users when that changes, not each second", async () => {
  const onRender = vi.fn();
  const { stream } = show(<Gone onRender={onRender} />);
  await stream.greet(20);
  onRender.mockClear();
  await act(() => vi.advanceTimersByTimeAsync(5_000));
  expect(onRender).not.toHaveBeenCalled();
  await stream.end();
  onRender.mockClear();
  await act(() => vi.advanceTimersByTimeAsync(10_000));
  expect(screen.getByText("gone")).toBeVisible();
  expect(onRender).toHaveBeenCalledOnce();
});
