/** Which face the page shows, and when. */
import { act, screen } from "@testing-library/react";
import { HttpResponse, http } from "msw";
import { beforeEach, expect, test, vi } from "vitest";
import { showPage } from "@/test/render";
import { noRecords, SAMPLE_NOW, settings, status, usage } from "@/test/samples";
import { server } from "@/test/server";

beforeEach(() => {
  vi.useFakeTimers({ now: SAMPLE_NOW, shouldAdvanceTime: true });
  server.use(
    http.get("*/api/usage", () => HttpResponse.json(usage)),
    http.get("*/api/records", () => HttpResponse.json(noRecords)),
  );
});

const figures = () => screen.queryByRole("region", { name: "Figures" });

test("the content waits for the server's status, so that no notice pushes it down", async () => {
  const { change } = showPage({ status: null, settings: null });
  expect(screen.getByRole("banner")).toHaveTextContent("CreditCurve");
  expect(figures()).toBeNull();
  change({ status: { ...status, demo: true }, settings });
  expect(screen.getByText("Demo")).toBeVisible();
  expect(figures()).toBeVisible();
});

test("a stream that says nothing is not waited for: the answers to calls are shown", async () => {
  showPage({ status: null, settings: null });
  // Of the three seconds, two are for a busy machine, whose time advances the timers too.
  await act(() => vi.advanceTimersByTimeAsync(1_000));
  expect(figures()).toBeNull();
  await act(() => vi.advanceTimersByTimeAsync(2_100));
  expect(figures()).toBeVisible();
});
