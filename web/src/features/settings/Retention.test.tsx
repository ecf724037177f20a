/** How long single requests are kept: what would go is said before it goes, and after it went. */
import { screen, waitFor, within } from "@testing-library/react";
import { HttpResponse, http } from "msw";
import { expect, test } from "vitest";
import type { Settings, Status } from "@/api/types";
import { settings, status } from "@/test/samples";
import { server } from "@/test/server";
import { showSettings } from "@/test/settings";

const BEFORE = "2025-05-27T13:00:00.000Z";

/** A server that would remove so many; notes the questions and the saved retention. */
function keeping(removable: number) {
  const asked: string[] = [];
  const kept: Partial<Settings>[] = [];
  server.use(
    http.get("/api/retention", ({ request }) => {
      asked.push(new URL(request.url).search);
      return HttpResponse.json({ before: BEFORE, records: removable });
    }),
    http.patch("/api/settings", async ({ request }) => {
      kept.push((await request.json()) as Partial<Settings>);
      return HttpResponse.json({ ...settings, ...Object.assign({}, ...kept) });
    }),
  );
  return { asked, kept };
}

const choice = () => screen.getByRole("combobox", { name: "Retention" });
const question = () => screen.findByRole("alertdialog");

test("all are kept unless something else is chosen, from a week to any number of days", async () => {
  await showSettings("data");
  expect(choice()).toHaveDisplayValue("Forever");
  const offered = within(choice()).getAllByRole("option");
  expect(offered.map((option) => option.textContent)).toEqual([
    "Forever",
    "7 days",
    "30 days",
    "90 days",
    "180 days",
    "365 days",
    "Other…",
  ]);
});

test("if no record would be removed, the choice is saved at once", async () => {
  const { asked, kept } = keeping(0);
  const { user } = await showSettings("data");
  await user.selectOptions(choice(), "90 days");
  await waitFor(() => expect(kept).toEqual([{ retention_days: 90 }]));
  expect(asked).toEqual(["?days=90"]);
  expect(screen.queryByRole("alertdialog")).toBeNull();
});

test("before anything goes, it is asked, and said how many and from before when", async () => {
  const { kept } = keeping(1_234);
  const { user } = await showSettings("data", {
    settings: { ...settings, time_zone: "Asia/Shanghai" },
  });
  await user.selectOptions(choice(), "90 days");
  expect(await question()).toHaveAccessibleName(
    "Delete 1,234 requests before 2025-05-27 21:00? This cannot be undone.",
  );
  expect(screen.getByRole("button", { name: "Cancel" })).toHaveFocus();
  expect(choice()).toHaveDisplayValue("90 days");
  expect(kept).toEqual([]);
  await user.click(screen.getByRole("button", { name: "Delete requests" }));
  await waitFor(() => expect(kept).toEqual([{ retention_days: 90 }]));
  expect(screen.queryByRole("alertdialog")).toBeNull();
});

test("an unconfirmed choice changes nothing", async () => {
  const { kept } = keeping(1);
  const { user } = await showSettings("data", { settings: { ...settings, retention_days: 180 } });
  await user.selectOptions(choice(), "7 days");
  expect(await question()).toHaveAccessibleName(/^Delete 1 request before/);
  await user.click(screen.getByRole("button", { name: "Cancel" }));
  expect(screen.queryByRole("alertdialog")).toBeNull();
  expect(choice()).toHaveDisplayValue("180 days");
  expect(kept).toEqual([]);
});

test("any whole number of days can be given, and is asked about once", async () => {
  const { asked, kept } = keeping(5);
  const { user } = await showSettings("data");
  await user.selectOptions(choice(), "Other…");
  const days = screen.getByRole("textbox", { name: "Days" });
  await user.type(days, "0{Enter}");
  expect(screen.getByRole("alert")).toHaveTextContent("from 1 to 36,500");
  expect(asked).toEqual([]);
  await user.clear(days);
  await user.type(days, "45{Enter}");
  await question();
  expect(asked).toEqual(["?days=45"]);
  await user.click(screen.getByRole("button", { name: "Delete requests" }));
  await waitFor(() => expect(kept).toEqual([{ retention_days: 45 }]));
  expect(screen.getByRole("textbox", { name: "Days" })).toHaveValue("45");
});

test("a number that is not confirmed is taken back from its field", async () => {
  const { kept } = keeping(5);
  const { user } = await showSettings("data", { settings: { ...settings, retention_days: 77 } });
  const days = screen.getByRole("textbox", { name: "Days" });
  await user.clear(days);
  await user.type(days, "5{Enter}");
  await question();
  await user.click(screen.getByRole("button", { name: "Cancel" }));
  expect(screen.getByRole("textbox", { name: "Days" })).toHaveValue("77");
  expect(kept).toEqual([]);
});

test("to keep all again needs no question", async () => {
  const { asked, kept } = keeping(5);
  const { user } = await showSettings("data", { settings: { ...settings, retention_days: 30 } });
  expect(choice()).toHaveDisplayValue("30 days");
  await user.selectOptions(choice(), "Forever");
  await waitFor(() => expect(kept).toEqual([{ retention_days: null }]));
  expect(asked).toEqual([]);
});

test("days that another page has set are shown, whatever they are", async () => {
  const { change } = await showSettings("data");
  change({ settings: { ...settings, retention_days: 77 } });
  expect(choice()).toHaveDisplayValue("Other…");
  expect(screen.getByRole("textbox", { name: "Days" })).toHaveValue("77");
});

test("a refusal is shown at the field, and the choice is undone", async () => {
  keeping(0);
  server.use(
    http.patch("/api/settings", () =>
      HttpResponse.json(
        { status: 422, code: "invalid_value", detail: "No.", field: "retention_days" },
        { status: 422 },
      ),
    ),
  );
  const { user } = await showSettings("data");
  await user.selectOptions(choice(), "7 days");
  expect(await screen.findByRole("alert")).toHaveTextContent("a whole number of days");
  expect(choice()).toHaveAccessibleDescription(/a whole number of days/);
  expect(choice()).toHaveDisplayValue("Forever");
});

test("if the number of removed records is unknown, nothing is saved", async () => {
  const { kept } = keeping(0);
  server.use(
    http.get("/api/retention", () =>
      HttpResponse.json({ status: 503, code: "storage_error", detail: "Full." }, { status: 503 }),
    ),
  );
  const { user } = await showSettings("data");
  await user.selectOptions(choice(), "7 days");
  expect(await screen.findByRole("alert")).toHaveTextContent(/^Not saved: /);
  expect(choice()).toHaveDisplayValue("Forever");
  expect(kept).toEqual([]);
});

test("it says from when on only sums are known, and that an export begins there", async () => {
  const { change } = await showSettings("data");
  expect(screen.queryByText("Totals only")).toBeNull();
  const removed: Status["records"] = { ...status.records, removed: 1_234, sums_before: BEFORE };
  change({ status: { ...status, records: removed } });
  const data = within(screen.getByRole("region", { name: "Data" }));
  expect(data.getByText("before 2025-05-27 13:00").parentElement).toHaveTextContent(
    "1,234 requests were deleted; totals are kept.",
  );
  expect(data.getByText(/Requests before 2025-05-27 13:00 were deleted/)).toBeVisible();
});
