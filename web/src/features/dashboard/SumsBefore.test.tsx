/** A range of which only sums are known: drawn by them, and said so in every view. */
import { screen, waitFor } from "@testing-library/react";
import { HttpResponse, http } from "msw";
import { beforeEach, expect, test, vi } from "vitest";
import { showPage } from "@/test/render";
import { SAMPLE_NOW, status, usage } from "@/test/samples";
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
    http.get("*/api/records", () => HttpResponse.json({ records: [], next: null })),
  );
  return asked;
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"], now: SAMPLE_NOW });
});

const note = () => screen.findByTestId("sums-before");

test("single requests that were removed are drawn by their sums, which is said", async () => {
  const asked = serveSums();
  showPage();
  expect(await note()).toHaveTextContent("before 2025-08-25 13:00 only sums are known");
  expect(screen.getByText(/Sums per 15m/)).toBeVisible();
  expect(asked.slice(0, 2)).toEqual(["none", "900"]);
  expect(await screen.findByTestId("curve-summary")).toHaveTextContent(
    "Before 2025-08-25 13:00:00 only sums are known.",
  );
});

test("where sums are known of beforehand, single requests are not asked for in vain", async () => {
  const asked = serveSums();
  const records = { ...status.records, removed: 5, sums_before: new Date(BEFORE).toISOString() };
  showPage({ status: { ...status, records } });
  await note();
  expect(asked[0]).toBe("auto");
});

test.each(["Per interval", "Running total"])("it is said in the view %s too", async (view) => {
  serveSums();
  const { user } = showPage();
  await user.click(await screen.findByRole("radio", { name: view }));
  expect(await note()).toBeVisible();
});

test("no median is made up where single requests were removed, and it is said why", async () => {
  serveSums();
  showPage();
  expect(await screen.findByText(/^No median for this range/)).toBeVisible();
});

test("too many single requests are another reason than removed ones", async () => {
  serveSums({ ...sums, sums_before: null });
  showPage();
  expect(await screen.findByText(/^Too many single requests/)).toBeVisible();
  expect(screen.queryByTestId("sums-before")).toBeNull();
});

test("once requests are removed, the curve is fetched anew", async () => {
  const asked = serveSums();
  const { change } = showPage();
  await note();
  const before = asked.length;
  const records = { ...status.records, removed: 5, sums_before: new Date(BEFORE).toISOString() };
  change({ status: { ...status, records } });
  await waitFor(() => expect(asked.length).toBeGreaterThan(before));
});
