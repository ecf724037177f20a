/** A range with only sums: drawn by them, and labelled in every view. */
import { screen, waitFor, within } from "@testing-library/react";
import { HttpResponse, http } from "msw";
import { beforeEach, expect, test, vi } from "vitest";
import { changeAddress } from "@/hooks/useAddress";
import { DAY_MS } from "@/lib/time";
import { showPage } from "@/test/render";
import { noRecords, SAMPLE_MODEL, SAMPLE_NOW, settings, status, usage } from "@/test/samples";
import { server } from "@/test/server";

const BEFORE = Date.parse("2025-08-25T13:00:00.000Z");
const sums = { ...usage, bucket_s: 900, sums_before: BEFORE };

/** A server that has no single requests for the range, but sums; notes the buckets it was asked for. */
function serveSums(answer: object = sums) {
  const asked: (string | null)[] = [];
  server.use(
    http.get("*/api/usage", ({ request }) => {
      const query = new URL(request.url).searchParams;
      if (!query.has("hours")) return HttpResponse.json({ ...usage, series: [] });
      asked.push(query.get("bucket"));
      if (query.get("bucket") !== "none") return HttpResponse.json(answer);
      const refusal = { status: 422, code: "only_sums", detail: "Removed.", bucket: 900 };
      return HttpResponse.json(refusal, { status: 422 });
    }),
    http.get("*/api/records", () => HttpResponse.json(noRecords)),
  );
  return asked;
}

/** The costs of the sample's model, as the server counts them. */
function serveCosts() {
  const series = [{ key: SAMPLE_MODEL, requests: 16, last: SAMPLE_NOW, median: 14, p95: 60.5 }];
  const { by, unit, versions } = usage;
  server.use(
    http.get("*/api/usage/costs", () => HttpResponse.json({ by, unit, series, versions })),
  );
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"], now: SAMPLE_NOW });
});

const note = () => screen.findByTestId("sums-before");

test("single requests that were removed are drawn by their sums, which is said", async () => {
  const asked = serveSums();
  showPage();
  expect(await note()).toHaveTextContent("only totals before 2025-08-25 13:00");
  expect(screen.getByRole("radio", { name: "Per interval" })).toBeChecked();
  expect(asked.slice(0, 2)).toEqual(["none", "900"]);
  expect(await screen.findByTestId("curve-summary")).toHaveTextContent(
    "Before 2025-08-25 13:00:00 only totals are stored.",
  );
});

test("where sums are known of beforehand, single requests are not asked for in vain", async () => {
  const asked = serveSums();
  const records = { ...status.records, removed: 5, sums_before: new Date(BEFORE).toISOString() };
  showPage({ status: { ...status, records } });
  await note();
  expect(asked[0]).toBe("auto");
});

test.each(["Per interval", "Cumulative"])("it is said in the view %s too", async (view) => {
  serveSums();
  const { user } = showPage();
  await user.click(await screen.findByRole("radio", { name: view }));
  expect(await note()).toBeVisible();
});

test("no median is made up where single requests were removed, and it is said why", async () => {
  serveSums();
  showPage();
  expect(await screen.findByText(/^No median: single requests/)).toBeVisible();
});

test("too many single requests are another reason than removed ones", async () => {
  serveSums({ ...sums, sums_before: null });
  serveCosts();
  showPage();
  expect(await screen.findByText(/^Too many requests/)).toBeVisible();
  expect(screen.queryByTestId("sums-before")).toBeNull();
});

test("once requests are removed, the curve is fetched again", async () => {
  const asked = serveSums();
  const { change } = showPage();
  await note();
  const before = asked.length;
  const records = { ...status.records, removed: 5, sums_before: new Date(BEFORE).toISOString() };
  change({ status: { ...status, records, versions: { ...status.versions, sums: 2 } } });
  await waitFor(() => expect(asked.length).toBeGreaterThan(before));
});

test("weeks are asked for as sums, with the costs of requests; their view as single requests", async () => {
  const asked: (string | null)[] = [];
  server.use(
    http.get("*/api/usage", ({ request }) => {
      const query = new URL(request.url).searchParams;
      const isBrief = query.get("bucket") !== "none";
      if (Number(query.get("to")) - Number(query.get("from")) > 6 * DAY_MS) {
        asked.push(query.get("bucket"));
      }
      return HttpResponse.json({ ...usage, bucket_s: isBrief ? 900 : null });
    }),
    http.get("*/api/records", () => HttpResponse.json(noRecords)),
  );
  serveCosts();
  changeAddress({ range: { kind: "days", period: 7 } });
  const { user } = showPage();
  const table = await screen.findByTestId("models");
  expect(await within(table).findByText("60.5")).toBeVisible();
  expect(asked).not.toContain("none");
  await user.click(screen.getByRole("radio", { name: "Requests" }));
  await waitFor(() => expect(asked).toContain("none"));
});

const HOUR = 3_600_000;
const SPAN = { from: BEFORE - 10 * HOUR + 1_800_000, to: BEFORE };

/** Hourly sums over a span that begins within an hour: the first point is before it. */
const hourly = {
  ...sums,
  ...SPAN,
  bucket_s: 3_600,
  series: [
    {
      key: SAMPLE_MODEL,
      t: [SPAN.from - 1_800_000, SPAN.from + 1_800_000],
      v: [5, 7],
      n: [2, 1],
      total: 12,
      requests: 3,
      last: 7,
    },
  ],
  total: 12,
  requests: 3,
};

test("a bucket that the range begins in belongs to its sums", async () => {
  const answers: Record<string, object> = { auto: hourly, none: hourly };
  server.use(
    http.get("*/api/usage", ({ request }) => {
      const query = new URL(request.url).searchParams;
      const isRange = Number(query.get("from")) === SPAN.from;
      return HttpResponse.json(
        isRange ? answers[query.get("bucket") ?? ""] : { ...hourly, series: [] },
      );
    }),
    http.get("*/api/records", () => HttpResponse.json(noRecords)),
  );
  changeAddress({ range: { kind: "span", ...SPAN }, view: "total" });
  showPage();
  await waitFor(() => expect(screen.getByTestId("figure-credits")).toHaveTextContent("12"));
  expect(screen.getByTestId("figure-requests")).toHaveTextContent("3");
  expect(await screen.findByTestId("curve-summary")).toHaveTextContent(
    "3 requests, 12 credits, last 2025-08-25 05:00:00: 7",
  );
});

test.each([
  ["Asia/Kolkata", ["none", "900", "900"]],
  ["Asia/Shanghai", ["none", "900"]],
])("days of %s are never made of hours that they share", async (zone, buckets) => {
  const asked = serveSums({ ...sums, bucket_s: 3_600 });
  showPage({ settings: { ...settings, time_zone: zone } });
  await note();
  expect(asked.slice(0, 3)).toEqual(buckets);
});
