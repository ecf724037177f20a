import { act, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { HttpResponse, http } from "msw";
import { beforeEach, expect, test, vi } from "vitest";
import type { UsageRecord } from "@/api/types";
import { changeAddress } from "@/hooks/useAddress";
import { show } from "@/test/render";
import { record, SAMPLE_NOW, settings, status } from "@/test/samples";
import { server } from "@/test/server";
import { RecordsPanel } from "./RecordsPanel";

beforeEach(() => {
  // The test's page has no layout: a window's worth of height, and of width.
  vi.spyOn(HTMLElement.prototype, "clientHeight", "get").mockReturnValue(540);
  vi.spyOn(HTMLElement.prototype, "clientWidth", "get").mockReturnValue(1200);
  vi.useFakeTimers({ now: SAMPLE_NOW, shouldAdvanceTime: true });
});

const rows = (count: number, first = 1_000): UsageRecord[] =>
  Array.from({ length: count }, (_, index) =>
    record({ id: String(first - index), t: SAMPLE_NOW - (index + 1) * 1_000, credits: 7 + index }),
  );

/** A server with these pages; notes the requests. */
function pages(...answers: readonly UsageRecord[][]) {
  const asked: Record<string, string>[] = [];
  server.use(
    http.get("/api/records", ({ request }) => {
      const query = Object.fromEntries(new URL(request.url).searchParams);
      asked.push(query);
      const at = query.before ? Number(query.before) : 0;
      const next = at + 1 < answers.length ? String(at + 1) : null;
      return HttpResponse.json({ records: answers[at], next, versions: status.versions });
    }),
  );
  return asked;
}

const table = () => screen.findByRole("table", { name: /^Requests, newest first/ });
const scroller = () => screen.getByRole("region", { name: "Requests" });
const shownRows = () => within(screen.getByRole("table")).getAllByRole("row").slice(1);

function scrollTo(px: number) {
  const element = scroller();
  element.scrollTop = px;
  fireEvent.scroll(element);
}

test("requests are shown to the second in the zone of the settings, which is named", async () => {
  pages([record({ t: Date.parse("2025-08-25T13:39:44.230Z"), credits: 9, api_key: "laptop" })]);
  show(<RecordsPanel />, { settings: { ...settings, time_zone: "Asia/Shanghai" } });
  expect(await table()).toHaveAccessibleName(/Asia\/Shanghai \(UTC\+8\)/);
  const [row] = shownRows();
  expect(row).toHaveTextContent("2025-08-25 21:39:44");
  for (const text of ["Sonnet 4 20250514", "9", "v1/messages", "200", "laptop"]) {
    expect(row).toHaveTextContent(text);
  }
  expect(screen.getByText("1 request")).toBeVisible();
});

test("the colours of the rows are those of the curve's lines: by model, or by API key", async () => {
  const known = { models: ["claude-sonnet-4-20250514"], api_keys: ["desk", "laptop"] };
  pages([record({ api_key: "laptop" })]);
  show(<RecordsPanel />, { status: { ...status, records: { ...status.records, ...known } } });
  await table();
  const dots = () =>
    within(shownRows()[0] as HTMLElement)
      .getAllByRole("cell")
      .map((cell) => cell.querySelector<HTMLElement>("[style*=background]")?.style.background);
  const [, model, , , , key] = dots();
  expect(model).toBeTruthy();
  expect(key).toBeUndefined();
  act(() => changeAddress({ by: "api_key" }));
  await waitFor(() => expect(dots()[1]).toBeUndefined());
  expect(dots()[5]).toBeTruthy();
  expect(dots()[5]).not.toBe(model);
});

test("only the range that the page shows is asked for, unless all is wanted", async () => {
  changeAddress({ range: { kind: "last", hours: 3 } });
  const asked = pages(rows(2));
  const { user } = show(<RecordsPanel />);
  await table();
  expect(SAMPLE_NOW - Number(asked[0]?.from)).toBeCloseTo(3 * 3_600_000, -4);
  await user.click(screen.getByRole("radio", { name: "All time" }));
  await waitFor(() => expect(asked).toHaveLength(2));
  expect(asked[1]).not.toHaveProperty("from");
});

test("filters go to the server, and can be cleared", async () => {
  const asked = pages([
    ...rows(3),
    record({ id: "5", model: "opus", endpoint: "v1/messages/count_tokens", counts: false }),
  ]);
  const { user } = show(<RecordsPanel />);
  await table();
  await user.selectOptions(screen.getByRole("combobox", { name: "Model" }), "opus");
  await user.selectOptions(
    screen.getByRole("combobox", { name: "Endpoint" }),
    "v1/messages/count_tokens",
  );
  await user.selectOptions(screen.getByRole("combobox", { name: "Counted" }), "Not counted");
  await user.type(screen.getByRole("textbox", { name: "Min. credits" }), "25x");
  await waitFor(() =>
    expect(asked.at(-1)).toMatchObject({
      model: "opus",
      endpoint: "v1/messages/count_tokens",
      counts: "false",
      min_credits: "25",
    }),
  );
  await user.click(screen.getByRole("button", { name: "Clear filters" }));
  expect(screen.getByRole("textbox", { name: "Min. credits" })).toHaveValue("");
  expect(screen.getByRole("combobox", { name: "Model" })).toHaveDisplayValue("All models");
});

test("a filter is in the address, and a link applies it", async () => {
  const asked = pages(rows(2));
  const { user, unmount } = show(<RecordsPanel />);
  await table();
  await user.selectOptions(screen.getByRole("combobox", { name: "Counted" }), "Not counted");
  await user.type(screen.getByRole("textbox", { name: "Min. credits" }), "8");
  expect(window.location.search).toBe("?counts=no&min=8");
  unmount();
  window.history.replaceState(null, "", "/?counts=no&min=8&model=gone");
  show(<RecordsPanel />);
  await table();
  expect(asked.at(-1)).toMatchObject({ counts: "false", min_credits: "8", model: "gone" });
  expect(screen.getByRole("combobox", { name: "Model" })).toHaveDisplayValue("gone");
  expect(screen.getByRole("textbox", { name: "Min. credits" })).toHaveValue("8");
});

test("the export contains only the filtered records", async () => {
  pages(rows(2));
  const { user } = show(<RecordsPanel />);
  await table();
  await user.type(screen.getByRole("textbox", { name: "Min. credits" }), "8");
  const hrefs: string[] = [];
  vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(function (
    this: HTMLAnchorElement,
  ) {
    hrefs.push(this.href);
  });
  await user.click(screen.getByRole("button", { name: "Export" }));
  await user.click(await screen.findByRole("menuitem", { name: "As CSV" }));
  const query = new URL(hrefs[0] ?? "").searchParams;
  expect(query.get("format")).toBe("csv");
  expect(query.get("min_credits")).toBe("8");
  expect(query.has("from")).toBe(true);
});

test("only visible rows are drawn, and the table shows their total", async () => {
  pages(rows(2_000, 5_000));
  show(<RecordsPanel />);
  expect(await table()).toHaveAttribute("aria-rowcount", "2001");
  expect(shownRows().length).toBeLessThan(60);
  scrollTo(36 * 1_000);
  await waitFor(() =>
    expect(shownRows().some((row) => row.getAttribute("aria-rowindex") === "1002")).toBe(true),
  );
});

test("the next page is asked for before the end is reached", async () => {
  const asked = pages(rows(200, 5_000), rows(10, 4_000));
  show(<RecordsPanel />);
  await table();
  expect(asked).toHaveLength(1);
  scrollTo(36 * 160);
  await waitFor(() => expect(asked).toHaveLength(2));
  expect(asked[1]).toMatchObject({ before: "1", limit: "1000" });
});

const NEW = record({ id: "9001", t: SAMPLE_NOW + 1, credits: 4_242 });

test("while at the top, new requests arrive there", async () => {
  pages(rows(50));
  const { stream } = show(<RecordsPanel />);
  await table();
  await stream.say("records", { revision: 21, records: [NEW] });
  await waitFor(() => expect(shownRows()[0]).toHaveTextContent("4,242"));
});

test("away from the top nothing moves; a pill shows the number of new records and leads to them", async () => {
  pages(rows(200));
  const { stream, user } = show(<RecordsPanel />);
  await table();
  scrollTo(1_000);
  const before = shownRows().map((row) => row.textContent);
  await stream.say("records", { revision: 21, records: [NEW] });
  await stream.say("records", { revision: 22, records: [{ ...NEW, id: "9002" }] });
  const pill = await screen.findByRole("button", { name: "2 new requests: back to top" });
  expect(shownRows().map((row) => row.textContent)).toEqual(before);
  await user.click(pill);
  scrollTo(0);
  await waitFor(() => expect(shownRows()[0]).toHaveTextContent("4,242"));
  expect(screen.queryByRole("button", { name: /new requests?:/ })).toBeNull();
});

test("a request that does not fit the filter does not come in live", async () => {
  pages(rows(5));
  const { stream, user } = show(<RecordsPanel />);
  await table();
  await user.selectOptions(screen.getByRole("combobox", { name: "Counted" }), "Counted");
  await stream.say("records", {
    revision: 22,
    records: [{ ...NEW, counts: false }, record({ id: "9003", t: SAMPLE_NOW + 2, credits: 33 })],
  });
  await waitFor(() => expect(shownRows()[0]).toHaveTextContent("33"));
  expect(screen.queryByText("4,242")).toBeNull();
});

test("an empty range is reported, with a link to all records", async () => {
  const asked = pages([]);
  const { user } = show(<RecordsPanel />);
  expect(await screen.findByText("No requests in this range")).toBeVisible();
  await user.click(screen.getByRole("button", { name: "Show all time" }));
  await waitFor(() => expect(asked).toHaveLength(2));
});

test("a failure is shown, and can be tried again", async () => {
  server.use(
    http.get("/api/records", () =>
      HttpResponse.json({ status: 422, code: "invalid_value", detail: "No." }, { status: 422 }),
    ),
  );
  const { user } = show(<RecordsPanel />);
  expect(await screen.findByRole("alert")).toHaveTextContent("could not be loaded");
  pages(rows(1));
  await user.click(screen.getByRole("button", { name: "Try again" }));
  await table();
});

test("on a phone each request takes two lines in two columns", async () => {
  vi.spyOn(window, "matchMedia").mockImplementation(
    (query) => Object.assign(new EventTarget(), { matches: false, media: query }) as MediaQueryList,
  );
  pages(rows(1));
  show(<RecordsPanel />);
  await table();
  expect(screen.getAllByRole("columnheader")).toHaveLength(2);
  expect(shownRows()[0]).toHaveTextContent("2025-08-25 13:39:59");
});

const sumsBefore = (t: number) => ({
  status: {
    ...status,
    records: { ...status.records, removed: 9, sums_before: new Date(t).toISOString() },
  },
});
const HALF_PAST = SAMPLE_NOW - 1_800_000;

test("below the last one it is said from before when single requests were removed", async () => {
  pages(rows(2));
  const { user } = show(<RecordsPanel />, sumsBefore(HALF_PAST));
  await table();
  expect(screen.getByText(/^Requests before 2025-08-25 13:10 were/)).toBeVisible();
  await user.click(screen.getByRole("button", { name: "Export" }));
  expect(
    await screen.findByText("Requests before 2025-08-25 13:10 were deleted and are not included."),
  ).toBeVisible();
});

test("a range that begins after the removed records is complete", async () => {
  pages(rows(2));
  const { user } = show(<RecordsPanel />, sumsBefore(SAMPLE_NOW - 2 * 3_600_000));
  await table();
  expect(screen.queryByText(/were deleted/)).toBeNull();
  await user.click(screen.getByRole("radio", { name: "All time" }));
  expect(await screen.findByText(/were deleted/)).toBeVisible();
});

test("a range whose records were all removed says so, instead of being called empty", async () => {
  pages([]);
  show(<RecordsPanel />, sumsBefore(SAMPLE_NOW));
  expect(await screen.findByText(/totals are kept/)).toBeVisible();
});

test("records removed while they are shown leave the table", async () => {
  pages([record({ id: "2" }), record({ id: "1", t: HALF_PAST - 1 })]);
  const { change } = show(<RecordsPanel />);
  await table();
  expect(shownRows()).toHaveLength(2);
  change(sumsBefore(HALF_PAST));
  expect(shownRows()).toHaveLength(1);
});
