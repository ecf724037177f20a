/** The dashboard as a person meets it, over a mocked network and stream. */
import { screen, waitFor, within } from "@testing-library/react";
import { HttpResponse, http } from "msw";
import { beforeEach, expect, test, vi } from "vitest";
import { showPage } from "@/test/render";
import {
  noRecords,
  record,
  SAMPLE_MODEL,
  SAMPLE_NOW,
  settings,
  status,
  usage,
} from "@/test/samples";
import { server } from "@/test/server";

const OTHER = "claude-opus-4-20250514";
const other = { ...usage.series[0], key: OTHER, total: 334, requests: 16, last: 9 };
const empty = { ...usage, series: [], total: 0, requests: 0 };

/** The server's answer for the range; the span before is empty. */
function serve(answer: object, asked: URL[] = []) {
  server.use(
    http.get("*/api/usage", ({ request }) => {
      const url = new URL(request.url);
      asked.push(url);
      return HttpResponse.json(url.searchParams.has("hours") ? answer : empty);
    }),
    http.get("*/api/records", () => HttpResponse.json(noRecords)),
  );
  return asked;
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"], now: SAMPLE_NOW });
});

const summary = () => screen.findByTestId("curve-summary");
const box = (model: string) =>
  screen.findByRole("checkbox", { name: `Show ${model} in the chart` });

test("the specification's sample is 16 requests, 334 credits, and ends with 9 at 13:39:44", async () => {
  serve(usage);
  showPage();
  expect(await summary()).toHaveTextContent(
    "16 requests, 334 credits, last 2025-08-25 13:39:44: 9.",
  );
  expect(screen.getByTestId("figure-credits")).toHaveTextContent("334");
  expect(screen.getByTestId("figure-requests")).toHaveTextContent("16");
  expect(screen.getByTestId("figure-last")).toHaveTextContent("9");
  const row = await screen.findByRole("row", { name: /Sonnet 4/ });
  expect(within(row).getByRole("cell", { name: "334" })).toBeVisible();
});

test("a new request is added where it belongs, without fetching the range again", async () => {
  const asked = serve(usage);
  const { stream } = showPage();
  await summary();
  await stream.greet(20);
  const fetched = () => asked.filter((url) => url.searchParams.has("hours")).length;
  const before = fetched();
  await stream.say("records", { revision: 21, records: [record({ credits: 7 })] }, 21);
  await waitFor(() => expect(screen.getByTestId("figure-credits")).toHaveTextContent("341"));
  expect(await summary()).toHaveAttribute("data-points", "17");
  expect(fetched()).toBe(before);
});

test("an older answer does not undo the records of later events", async () => {
  serve(usage);
  const { stream } = showPage();
  await summary();
  await stream.greet(20);
  await stream.say("records", { revision: 21, records: [record()] }, 21);
  await waitFor(async () => expect(await summary()).toHaveAttribute("data-points", "17"));
  const gap = { from: usage.from, to: usage.from + 60_000, kind: "possible_loss" };
  serve({ ...usage, gaps: [gap] });
  const versions = { ...status.versions, revision: 21, coverage: 2 };
  await stream.say("status", { ...status, versions });
  await waitFor(async () => expect(await summary()).toHaveAttribute("data-gaps", "1"));
  expect(await summary()).toHaveAttribute("data-points", "17");
});

test("a curve that was fetched before the first event is compared with it", async () => {
  const asked = serve(usage);
  const { stream } = showPage();
  await summary();
  const before = asked.length;
  await stream.greet(20);
  await stream.say("status", { ...status, versions: { ...status.versions, coverage: 7 } });
  await waitFor(() => expect(asked.length).toBeGreaterThan(before));
});

test("the last request is shown even if the range contains no request", async () => {
  serve(empty);
  server.use(
    http.get("*/api/records", ({ request }) => {
      const { search } = new URL(request.url);
      if (search.includes("counts=false")) return HttpResponse.json(noRecords);
      expect(search).toBe("?limit=1&counts=true");
      return HttpResponse.json({
        records: [record({ credits: 42 })],
        next: null,
        versions: status.versions,
      });
    }),
  );
  showPage();
  expect(await screen.findByTestId("figure-last")).toHaveTextContent("42");
});

test("an empty range has its date, and whether it was collected", async () => {
  serve(empty);
  showPage({ settings: { ...settings, time_zone: "Asia/Shanghai" } });
  expect(await screen.findByText("No requests")).toBeVisible();
  expect(screen.getByText("2025-08-25 20:40 – 21:40, collected throughout.")).toBeVisible();
});

test("a range with nothing but requests that do not count says so, and leads to them", async () => {
  server.use(
    http.get("*/api/usage", () => HttpResponse.json(empty)),
    http.get("*/api/records", ({ request }) => {
      const isAsked = new URL(request.url).searchParams.get("counts") === "false";
      const records = isAsked ? [record({ counts: false })] : [];
      return HttpResponse.json({ ...noRecords, records });
    }),
  );
  const { user } = showPage();
  expect(await screen.findByText("Only requests that do not count")).toBeVisible();
  await user.click(screen.getByRole("button", { name: "Show requests" }));
  expect(window.location.search).toContain("panel=records");
});

test("the number of unreadable rows is on the dashboard, and leads to their list", async () => {
  serve(usage);
  const { user, change } = showPage();
  await summary();
  expect(screen.queryByTestId("unreadable")).toBeNull();
  change({ status: { ...status, records: { ...status.records, quarantined: 2 } } });
  await user.click(screen.getByRole("button", { name: "2 unreadable rows" }));
  expect(window.location.search).toContain("dialog=quarantine");
});

test("an empty range that was not collected is called so", async () => {
  serve({ ...empty, gaps: [{ from: usage.from, to: usage.to, kind: "not_collecting" }] });
  showPage();
  expect(await screen.findByText("Nothing was collected here")).toBeVisible();
});

test("an empty range without a cookie offers to paste one", async () => {
  serve({ ...empty, gaps: [{ from: usage.from, to: usage.to, kind: "not_collecting" }] });
  const { user } = showPage({
    status: { ...status, cookie: { ...status.cookie, state: "missing" } },
  });
  const note = (await screen.findByText("Nothing was collected here")).parentElement;
  expect(note).not.toBeNull();
  await user.click(within(note as HTMLElement).getByRole("button", { name: "Paste a cookie" }));
  expect(window.location.search).toContain("dialog=cookie");
});

test("a sum of an incomplete range is a lower bound", async () => {
  const gap = { from: usage.from, to: usage.from + 60_000, kind: "possible_loss" };
  serve({ ...usage, gaps: [gap] });
  showPage();
  expect(await screen.findByText("at least")).toBeVisible();
  expect(await screen.findByText(/^Requests and spend are at least these/)).toBeVisible();
  expect(await summary()).toHaveTextContent(
    "May be incomplete from 2025-08-25 12:40:00 to 2025-08-25 12:41:00.",
  );
});

test.each([
  [0, "Complete"],
  [100, "99.9% complete · 1 gap"],
  [60_000, "98.3% complete · 1 gap"],
  [3_600_000, "0% complete · 1 gap"],
])("with gaps of %d ms of the hour the mark reads “%s”: never rounded up", async (ms, text) => {
  const gap = { from: usage.from, to: usage.from + ms, kind: "possible_loss" };
  serve({ ...usage, gaps: ms > 0 ? [gap] : [] });
  showPage();
  expect(await screen.findByTestId("complete")).toHaveTextContent(text);
});

test("data that reach into the time without the server are not called complete", async () => {
  serve(usage);
  const { stream } = showPage();
  const mark = await screen.findByTestId("complete");
  await stream.end();
  vi.setSystemTime(SAMPLE_NOW + 9_000);
  await waitFor(() => expect(mark).not.toBeInTheDocument());
});

test("incomplete data is explained on hover, with its kind and duration", async () => {
  const gap = { from: usage.from, to: usage.from + 90_000, kind: "possible_loss" };
  const known = { t: usage.from + 1, ours: 5, theirs: 1_239, in_gap: true };
  const unexplained = { ...known, t: usage.from + 2, theirs: 7_000, in_gap: false };
  serve({ ...usage, gaps: [gap], differences: [known, unexplained] });
  const { user } = showPage();
  await user.hover(await screen.findByTestId("complete"));
  const told = await screen.findByRole("tooltip");
  expect(told).toHaveTextContent("May be incomplete: 1 min 30 s in 1 gap");
  expect(told).toHaveTextContent("the site counts 1,234 credits more");
});

const checked = {
  at: "2025-08-25T13:39:00.000Z",
  hours: 24,
  agree: 24,
  in_gap: 0,
  factor: 1,
};

test("that the site's own sums agree is said, and when they were read", async () => {
  serve(usage);
  const { user } = showPage({ status: { ...status, reconciliation: checked } });
  await user.hover(await screen.findByTestId("complete"));
  const told = await screen.findByRole("tooltip");
  expect(told).toHaveTextContent("Matches the site's hourly totals: 24 of 24 full hours");
  expect(told).toHaveTextContent("Checked 2025-08-25 13:39:00");
});

test("an hour that the site counts otherwise is named, and the sum is the least it can be", async () => {
  const hour = Date.parse("2025-08-25T13:00:00Z");
  const difference = { t: hour, ours: 300, theirs: 334, in_gap: false };
  const known = { t: hour - 3_600_000, ours: 0, theirs: 9, in_gap: true };
  serve({ ...usage, differences: [known, difference] });
  const reconciliation = { ...checked, agree: 23, in_gap: 1 };
  const { user } = showPage({ status: { ...status, reconciliation } });
  const mark = await screen.findByTestId("complete");
  expect(mark).toHaveTextContent("1 hour differs");
  await user.hover(mark);
  const told = await screen.findByRole("tooltip");
  expect(told).toHaveTextContent("Hour from 2025-08-25 13:00: site 334, here 300");
  expect(told).toHaveTextContent("1 more differs because of a gap");
  expect(await summary()).toHaveTextContent("the site counts 334, the records here 300.");
  expect(screen.getByText("at least")).toBeVisible();
});

test("a site without sums is not mentioned", async () => {
  serve(usage);
  const { user } = showPage();
  await user.hover(await screen.findByTestId("complete"));
  expect(await screen.findByRole("tooltip")).toHaveTextContent("Collected without a gap.");
  expect(screen.queryByTestId("reconciled")).toBeNull();
});

test("differences are fetched again when their number changes", async () => {
  const asked = serve(usage);
  const { change } = showPage({ status: { ...status, reconciliation: checked } });
  await summary();
  const ranges = () => asked.filter((url) => url.searchParams.has("hours")).length;
  change({ status: { ...status, reconciliation: { ...checked, at: "2025-08-25T13:39:30.000Z" } } });
  expect(ranges()).toBe(1);
  const versions = { ...status.versions, sums: 2 };
  change({ status: { ...status, versions, reconciliation: { ...checked, agree: 23 } } });
  await waitFor(() => expect(ranges()).toBe(2));
});

test("the gaps are fetched again only when the server reports a change", async () => {
  const asked = serve(usage);
  const { change } = showPage();
  await summary();
  const ranges = () => asked.filter((url) => url.searchParams.has("hours")).length;
  change({ status: { ...status, records: { ...status.records, total: 21 } } });
  expect(await screen.findByTestId("complete")).toHaveTextContent("Complete");
  expect(ranges()).toBe(1);
  const gap = { from: usage.from, to: usage.from + 60_000, kind: "possible_loss" };
  serve({ ...usage, gaps: [gap] }, asked);
  change({ status: { ...status, versions: { ...status.versions, coverage: 2 } } });
  await waitFor(() => expect(screen.getByTestId("complete")).toHaveTextContent("98.3%"));
  expect(ranges()).toBe(2);
});

test("a span that reaches beyond now is complete or not up to now, and has no gap after it", async () => {
  const to = new Date(SAMPLE_NOW + 3_600_000).toISOString();
  const from = new Date(SAMPLE_NOW - 3_600_000).toISOString();
  window.history.replaceState(null, "", `/?from=${from}&to=${to}`);
  server.use(
    http.get("*/api/usage", () => HttpResponse.json({ ...usage, to: SAMPLE_NOW + 3_600_000 })),
    http.get("*/api/records", () => HttpResponse.json(noRecords)),
  );
  showPage();
  expect(await screen.findByTestId("complete")).toHaveTextContent("Complete");
  expect(await summary()).toHaveAttribute("data-gaps", "0");
});

test("a picked range and view are in the address and are requested", async () => {
  const asked = serve(usage);
  const { user } = showPage();
  await summary();
  await user.click(screen.getByRole("radio", { name: "Last 6 hours" }));
  await user.click(screen.getByRole("radio", { name: "Cumulative" }));
  expect(window.location.search).toBe("?range=6h&view=total");
  expect(asked.some((url) => url.searchParams.get("hours") === "6")).toBe(true);
  await waitFor(async () => expect(await summary()).toHaveAttribute("data-view", "total"));
});

test("the address decides the view after a reload", async () => {
  window.history.replaceState(null, "", "/?range=3h&view=interval");
  serve(usage);
  showPage();
  expect(await summary()).toHaveAttribute("data-view", "interval");
  expect(screen.getByRole("radio", { name: "Last 3 hours" })).toBeChecked();
});

const twoModels = { ...usage, series: [usage.series[0], other] };

/** The legend comes with the chart's code. */
const entry = (name: RegExp) => screen.findByRole("button", { name, pressed: true });

test("a click on the legend hides a model, and the browser remembers", async () => {
  serve(twoModels);
  const { user, unmount } = showPage();
  await user.click(await entry(/^Opus 4/));
  await waitFor(async () => expect(await summary()).toHaveAttribute("data-lines", "1"));
  expect(screen.getByTestId("figure-credits")).toHaveTextContent("668");
  expect(screen.getByText("334 shown")).toBeVisible();
  unmount();
  showPage();
  expect(await summary()).toHaveAttribute("data-lines", "1");
  expect(await box(OTHER)).not.toBeChecked();
});

test("a double click on the legend shows one model only", async () => {
  serve(twoModels);
  const { user } = showPage();
  await user.dblClick(await entry(/^Opus 4/));
  expect(await entry(/^Opus 4/)).toBeVisible();
  expect(await screen.findByRole("button", { name: /^Sonnet 4/, pressed: false })).toBeVisible();
});

test("the view fits the range until one is picked, which is remembered", async () => {
  window.history.replaceState(null, "", "/?range=6h");
  serve(usage);
  const { user, unmount } = showPage();
  expect(await summary()).toHaveAttribute("data-view", "interval");
  await user.click(screen.getByRole("radio", { name: "Cumulative" }));
  unmount();
  window.history.replaceState(null, "", "/");
  showPage();
  expect(await summary()).toHaveAttribute("data-view", "total");
});

test("a picked arrangement is remembered for its view", async () => {
  serve(twoModels);
  const { user, unmount } = showPage();
  const radio = (name: string) => screen.findAllByRole("radio", { name });
  const [together] = await radio("Together");
  await waitFor(() => expect(together).toBeChecked());
  await user.click((await radio("By model"))[0] as HTMLElement);
  unmount();
  showPage();
  await waitFor(async () => expect((await radio("By model"))[0]).toBeChecked());
});

test("figures and table follow a zoom in the address", async () => {
  const span = [SAMPLE_NOW - 600_000, SAMPLE_NOW].map((t) => new Date(t).toISOString());
  window.history.replaceState(null, "", `/?zoom=${span.join("/")}`);
  serve(usage);
  const { user } = showPage();
  await waitFor(() => expect(screen.getByTestId("figure-credits")).toHaveTextContent("229"));
  expect(screen.getByTestId("figure-requests")).toHaveTextContent("7");
  expect(await summary()).toHaveTextContent("7 requests, 229 credits");
  const row = await screen.findByRole("row", { name: /Sonnet 4/ });
  expect(within(row).getByRole("cell", { name: "229" })).toBeVisible();
  await user.click(screen.getByRole("button", { name: "Reset zoom" }));
  await waitFor(() => expect(screen.getByTestId("figure-credits")).toHaveTextContent("334"));
  expect(window.location.search).toBe("");
});

test("a model that is hidden in the table no longer fades the others", async () => {
  serve(twoModels);
  const { user } = showPage();
  const checkbox = await box(OTHER);
  const row = checkbox.closest("tr");
  await user.hover(checkbox);
  expect(row).toHaveClass("bg-hover");
  await user.click(checkbox);
  expect(checkbox).not.toBeChecked();
  expect(row).not.toHaveClass("bg-hover");
});

test("with all models hidden the page says so and can show them", async () => {
  serve(usage);
  const { user } = showPage();
  await summary();
  await user.click(await box(SAMPLE_MODEL));
  expect(await screen.findByText("All models are hidden")).toBeVisible();
  await user.click(screen.getByRole("button", { name: "Show all" }));
  expect(await summary()).toHaveAttribute("data-lines", "1");
});

test("the models are sorted by the clicked column", async () => {
  const small = { ...other, v: [1], t: [SAMPLE_NOW - 60_000], n: [1] };
  serve({ ...usage, series: [small, usage.series[0]] });
  const { user } = showPage();
  await summary();
  const names = () =>
    within(screen.getByTestId("models"))
      .queryAllByRole("rowheader")
      .map((cell) => cell.textContent);
  await waitFor(() => expect(names()).toEqual(["Sonnet 4 20250514", "Opus 4 20250514"]));
  await user.click(screen.getByRole("button", { name: "Model" }));
  expect(names()).toEqual(["Opus 4 20250514", "Sonnet 4 20250514"]);
  expect(screen.getByRole("columnheader", { name: "Model" })).toHaveAttribute(
    "aria-sort",
    "ascending",
  );
});

test("too many requests for single points are shown as the sums the server offers", async () => {
  const asked: URL[] = [];
  server.use(
    http.get("*/api/usage", ({ request }) => {
      const url = new URL(request.url);
      asked.push(url);
      if (url.searchParams.get("bucket") === "none") {
        const problem = { status: 422, code: "too_many_requests", detail: "…", bucket: 3600 };
        return HttpResponse.json(problem, { status: 422 });
      }
      return HttpResponse.json({ ...usage, bucket_s: 3600 });
    }),
    http.get("*/api/records", () => HttpResponse.json(noRecords)),
  );
  showPage();
  expect(await screen.findByText(/Too many requests.*total per 1 h/)).toBeVisible();
  expect(asked[1]?.searchParams.get("bucket")).toBe("3600");
});

test("a curve that cannot be fetched says why", async () => {
  const problem = { status: 503, code: "storage_error", detail: "…" };
  server.use(http.get("*/api/usage", () => HttpResponse.json(problem, { status: 503 })));
  showPage();
  expect(await screen.findByText(/The curve could not be loaded: The data folder/)).toBeVisible();
});

test("everything is there in Chinese", async () => {
  serve(usage);
  showPage({ settings: { ...settings, locale: "zh-CN" } });
  expect(await summary()).toHaveTextContent("16 次请求，334 积分，最近 2025-08-25 13:39:44：9。");
  expect(screen.getByRole("radio", { name: "最近 1 小时" })).toBeChecked();
  expect(document.documentElement.lang).toBe("zh-CN");
});

test("polls that come sooner than they were set to are explained", async () => {
  serve(usage);
  const link = { ...status.link, pace: { reason: "catching_up", interval_s: 15 } } as const;
  showPage({ status: { ...status, link } });
  expect(await screen.findByText("Checking every 15 s instead of 1 min")).toBeVisible();
});

test("a database found damaged is reported with the path of its copy", async () => {
  serve(usage);
  showPage({ status: { ...status, recovered_from: "/data/creditcurve.db.corrupt" } });
  const alert = await screen.findByText(/The database was damaged/);
  expect(alert.closest("[role=alert]")).toHaveTextContent("/data/creditcurve.db.corrupt");
});

test("an interrupted link keeps the data and shows the cause and the next attempt", async () => {
  serve(usage);
  const next_poll_at = new Date(SAMPLE_NOW + 38_000).toISOString();
  const link = {
    ...status.link,
    state: "degraded",
    code: "upstream_timeout",
    next_poll_at,
  } as const;
  showPage({ status: { ...status, link } });
  expect(await screen.findByText("The site took too long to answer.")).toBeVisible();
  expect(screen.getByText("Next check in 38 s")).toBeVisible();
  expect(await summary()).toHaveTextContent("334 credits");
});

test("the rate is shown with the usual spend of this hour of the user's zone", async () => {
  serve(usage);
  const hour = new Date(SAMPLE_NOW).getUTCHours();
  const quartiles = { class: "weekday", p25: 900.4, p50: 1200, p75: 1600, n: 12 };
  server.use(
    http.get("*/api/usual", ({ request }) => {
      expect(new URL(request.url).searchParams.get("tz")).toBe("UTC");
      return HttpResponse.json([{ ...quartiles, hour, p75: 1600 }]);
    }),
  );
  showPage({ settings: { ...settings, time_zone: "UTC" } });
  expect(await screen.findByTestId("figure-usual")).toHaveTextContent("usual 900–1,600");
});

test("the usual spend is fetched once if the stream opens where the status was", async () => {
  vi.useFakeTimers({
    toFake: ["Date", "setTimeout", "clearTimeout"],
    now: SAMPLE_NOW,
    shouldAdvanceTime: true,
  });
  serve(usage);
  let asked = 0;
  server.use(
    http.get("*/api/usual", () => {
      asked += 1;
      const hour = new Date(SAMPLE_NOW).getUTCHours();
      return HttpResponse.json([{ class: "weekday", hour, p25: 900, p50: 1200, p75: 1600, n: 12 }]);
    }),
  );
  const { stream } = showPage({ settings: { ...settings, time_zone: "UTC" } });
  expect(await screen.findByTestId("figure-usual")).toHaveTextContent("usual 900–1,600");
  await stream.greet(status.versions.revision);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(asked).toBe(1);
  const earlier = record({ t: SAMPLE_NOW - 7_200_000 });
  await stream.say("records", { revision: 21, records: [earlier] }, 21);
  await waitFor(() => expect(asked).toBe(2));
});
