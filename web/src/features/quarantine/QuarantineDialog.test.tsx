/** Unreadable rows are shown as text, whatever they contain. */
import { screen, waitFor, within } from "@testing-library/react";
import { HttpResponse, http } from "msw";
import { expect, test } from "vitest";
import type { Quarantined } from "@/api/types";
import { changeAddress } from "@/hooks/useAddress";
import { show, showPage } from "@/test/render";
import { settings, status } from "@/test/samples";
import { server } from "@/test/server";
import { QuarantineDialog } from "./QuarantineDialog";

const HOSTILE = '{"id":7,"model":"<img src=x onerror=alert(1)>\u202e\u0000"}';

const row = (change: Partial<Quarantined> = {}): Quarantined => ({
  id: 7,
  at: "2025-08-25T13:39:44.230Z",
  code: "credits_not_a_number",
  detail: null,
  reason: "creditsUsed: not a decimal number",
  raw: HOSTILE,
  is_cut: false,
  ...change,
});

/** A server with these pages of unreadable rows. */
function pages(...answers: readonly Quarantined[][]) {
  server.use(
    http.get("/api/quarantine", ({ request }) => {
      const at = Number(new URL(request.url).searchParams.get("before") ?? 0);
      const next = at + 1 < answers.length ? String(at + 1) : null;
      return HttpResponse.json({ rows: answers[at], next });
    }),
  );
}

const items = async () =>
  within(await screen.findByRole("list", { name: "Unreadable rows, newest first" })).getAllByRole(
    "listitem",
  );

const setAside = { ...status, records: { ...status.records, quarantined: 2 } };

test("it shows reason and time in the user's language and zone, and the unchanged text", async () => {
  pages([row(), row({ id: 6, code: "id_not_an_integer", raw: "[]" })]);
  show(<QuarantineDialog />, { settings: { ...settings, time_zone: "Asia/Shanghai" } });
  const [first, second] = await items();
  expect(first).toHaveTextContent("creditsUsed is missing or not a number");
  expect(first).toHaveTextContent("2025-08-25 21:39:44");
  expect(second).toHaveTextContent("id is missing or not a whole number");
  expect(second).toHaveTextContent("[]");
  expect(screen.getByText("All 2 rows")).toBeVisible();
});

test("hostile content is only text, and invisible characters are written out", async () => {
  pages([row()]);
  const { baseElement } = show(<QuarantineDialog />);
  const [item] = await items();
  expect(item).toHaveTextContent("<img src=x onerror=alert(1)>\\u202e\\u0000");
  expect(["\u202e", "\u0000"].filter((mark) => item?.textContent.includes(mark))).toEqual([]);
  expect(baseElement.querySelector("img")).toBeNull();
});

test("the list follows the versions, also when the number of rows stays the same", async () => {
  pages([row()]);
  const { stream } = show(<QuarantineDialog />, { status: setAside });
  await items();
  pages([row({ id: 8, raw: "another row" })]);
  const versions = { ...status.versions, sums: status.versions.sums + 1 };
  await stream.say("status", { ...setAside, versions });
  expect(await screen.findByText("another row")).toBeVisible();
});

test("the copied text is the unchanged original", async () => {
  pages([row()]);
  const { user } = show(<QuarantineDialog />);
  await items();
  await user.click(
    screen.getByRole("button", { name: /^Copy row 7, received 2025-08-25 13:39:44/ }),
  );
  expect(await navigator.clipboard.readText()).toBe(HOSTILE);
  expect(await screen.findByText("Copied")).toBeVisible();
});

test("the sentence of an older version is shown unchanged", async () => {
  pages([row({ code: "unknown", detail: "toString", is_cut: true })]);
  show(<QuarantineDialog />);
  const [item] = await items();
  expect(item).toHaveTextContent("toString");
  expect(item).toHaveTextContent("Only the beginning was kept");
});

test("more is shown when it is asked for", async () => {
  pages([row()], [row({ id: 6, raw: "older" })]);
  const { user } = show(<QuarantineDialog />);
  await items();
  await user.click(screen.getByRole("button", { name: "Show more" }));
  await waitFor(async () => expect(await items()).toHaveLength(2));
  expect(screen.queryByRole("button", { name: "Show more" })).toBeNull();
});

test("rows that were parsed later leave at once", async () => {
  pages([row()]);
  const { change } = show(<QuarantineDialog />, { status: setAside });
  await items();
  pages([]);
  const versions = { ...status.versions, sums: status.versions.sums + 1 };
  change({ status: { ...status, versions } });
  expect(await screen.findByText("No unreadable rows.")).toBeVisible();
});

test("a failure is shown, and can be tried again", async () => {
  server.use(http.get("/api/quarantine", () => new HttpResponse(null, { status: 500 })));
  const { user } = show(<QuarantineDialog />);
  expect(await screen.findByRole("alert")).toHaveTextContent("The rows could not be loaded.");
  pages([row()]);
  await user.click(screen.getByRole("button", { name: "Try again" }));
  expect(await items()).toHaveLength(1);
});

test("it opens over the settings, and leads back to them", async () => {
  pages([row()]);
  server.use(http.get("/api/usage", () => new HttpResponse(null, { status: 500 })));
  changeAddress({ settings: "data" });
  const { user } = showPage({ status: setAside });
  const way = await screen.findByRole("button", { name: "View 2 unreadable rows" });
  await user.click(way);
  expect(await screen.findByRole("dialog", { name: "Unreadable rows" })).toBeVisible();
  expect(window.location.search).toBe("?settings=data&dialog=quarantine");
  await user.keyboard("{Escape}");
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  expect(window.location.search).toBe("?settings=data");
  expect(way).toHaveFocus();
});
