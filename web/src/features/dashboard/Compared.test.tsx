/** The comparison with the previous span, over a mocked network. */
import { screen, waitFor } from "@testing-library/react";
import { HttpResponse, http } from "msw";
import { beforeEach, expect, test, vi } from "vitest";
import { showPage } from "@/test/render";
import { noRecords, SAMPLE_NOW, usage } from "@/test/samples";
import { server } from "@/test/server";

const MINUTE = 60_000;
/** The previous hour, with 400 credits. */
const before = {
  ...usage,
  from: usage.from - 60 * MINUTE,
  to: usage.from,
  bucket_s: 60,
  gaps: [],
  series: [{ ...usage.series[0], t: [usage.from - 30 * MINUTE], v: [400], n: [3], total: 400 }],
};
const gap = (from: number, to: number) => ({ from, to, kind: "possible_loss" });

function serve(now: object, then: object): URL[] {
  const asked: URL[] = [];
  server.use(
    http.get("*/api/usage", ({ request }) => {
      const url = new URL(request.url);
      asked.push(url);
      return HttpResponse.json(url.searchParams.has("hours") ? now : then);
    }),
    http.get("*/api/records", () => HttpResponse.json(noRecords)),
  );
  return asked;
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"], now: SAMPLE_NOW });
  window.history.replaceState(null, "", "/?view=interval");
});

const switches = () => screen.findAllByRole("button", { name: "previous 1 h" });

test("a known previous span is offered behind the curve", async () => {
  serve(usage, before);
  showPage();
  expect(await screen.findByText("vs. previous 1 h")).toBeVisible();
  expect(await switches()).not.toHaveLength(0);
});

test("an incomplete previous span is called so, and is not offered", async () => {
  serve(usage, { ...before, gaps: [gap(before.from, before.from + 20 * MINUTE)] });
  showPage();
  expect(await screen.findByText("previous 1 h incomplete")).toBeVisible();
  expect(screen.queryByRole("button", { name: "previous 1 h" })).toBeNull();
});

test("a zoom is compared in its own, finer intervals", async () => {
  const asked = serve(usage, before);
  const span = [SAMPLE_NOW - 20 * MINUTE, SAMPLE_NOW].map((t) => new Date(t).toISOString());
  window.history.replaceState(null, "", `/?view=interval&zoom=${span.join("/")}`);
  showPage();
  expect(await switches()).not.toHaveLength(0);
  const hourEarlier = String(SAMPLE_NOW - 80 * MINUTE - 2 * MINUTE);
  await waitFor(() =>
    expect(asked.map(({ searchParams }) => searchParams.get("from"))).toContain(hourEarlier),
  );
  const finer = asked.find(({ searchParams }) => searchParams.get("from") === hourEarlier);
  expect(finer?.searchParams.get("bucket")).toBe("10");
});

test("of a lower bound, a rise is at least and a fall at most what it seems", async () => {
  const partly = { ...usage, gaps: [gap(usage.from, usage.from + 5 * MINUTE)] };
  serve(partly, before);
  const { unmount } = showPage();
  const change = async () => (await screen.findByText("vs. previous 1 h")).parentElement;
  expect(await change()).toHaveTextContent("at most17%vs. previous 1 h");
  unmount();
  serve(partly, { ...before, series: [{ ...before.series[0], v: [167] }] });
  showPage();
  expect(await change()).toHaveTextContent("at least100%vs. previous 1 h");
});

test("a zoom into a gap of a range that was collected otherwise is called not collected", async () => {
  const unknown = gap(usage.from, usage.from + 10 * MINUTE);
  serve({ ...usage, gaps: [unknown] }, before);
  const span = [unknown.from + MINUTE, unknown.to - MINUTE].map((t) => new Date(t).toISOString());
  window.history.replaceState(null, "", `/?view=interval&zoom=${span.join("/")}`);
  showPage();
  expect(await screen.findByText("Nothing was collected here")).toBeVisible();
});
