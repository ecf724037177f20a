import { screen, waitFor, within } from "@testing-library/react";
import { HttpResponse, http } from "msw";
import { expect, test, vi } from "vitest";
import type { Settings } from "@/api/types";
import { changeAddress } from "@/hooks/useAddress";
import { showPage } from "@/test/render";
import { settings, status } from "@/test/samples";
import { server } from "@/test/server";
import { showSettings } from "@/test/settings";

/** A server that takes each change, and notes it. */
function taking() {
  const sent: Partial<Settings>[] = [];
  server.use(
    http.patch("/api/settings", async ({ request }) => {
      sent.push((await request.json()) as Partial<Settings>);
      return HttpResponse.json({ ...settings, ...Object.assign({}, ...sent) });
    }),
  );
  return sent;
}

/** A server that takes nothing. */
function refusing(code: string, field: string | null, code_ = 422) {
  server.use(
    http.patch("/api/settings", () =>
      HttpResponse.json({ status: code_, code, detail: "No.", field }, { status: code_ }),
    ),
  );
}

const section = (name: string) => within(screen.getByRole("region", { name }));

test("a change is saved at once", async () => {
  const sent = taking();
  const { user } = await showSettings("general");
  await user.click(screen.getByRole("radio", { name: "Dark" }));
  await waitFor(() => expect(sent).toEqual([{ theme: "dark" }]));
  await user.click(screen.getByRole("link", { name: "Collecting" }));
  const interval = await screen.findByRole("combobox", { name: "Interval" });
  await user.selectOptions(interval, "5 minutes");
  await waitFor(() => expect(sent[1]).toEqual({ poll_interval_s: 300 }));
});

test("the interval offers common values", async () => {
  await showSettings("collecting");
  const offered = within(screen.getByRole("combobox", { name: "Interval" }));
  expect(offered.getAllByRole("option").map((option) => option.textContent)).toEqual([
    "30 seconds",
    "1 minute",
    "2 minutes",
    "3 minutes",
    "5 minutes",
    "10 minutes",
    "15 minutes",
    "30 minutes",
    "1 hour",
    "Other…",
  ]);
});

test("any whole number of seconds from 10 to a day can be given", async () => {
  const sent = taking();
  const { user } = await showSettings("collecting");
  await user.selectOptions(screen.getByRole("combobox", { name: "Interval" }), "Other…");
  const seconds = screen.getByRole("textbox", { name: "Seconds" });
  await user.clear(seconds);
  await user.type(seconds, "9{Enter}");
  expect(screen.getByRole("alert")).toHaveTextContent("from 10 to 86,400");
  expect(sent).toEqual([]);
  await user.clear(seconds);
  await user.type(seconds, "45{Enter}");
  await waitFor(() => expect(sent).toEqual([{ poll_interval_s: 45 }]));
});

test("an interval of another page is shown, whatever it is", async () => {
  const { change } = await showSettings("collecting");
  change({ settings: { ...settings, poll_interval_s: 77 } });
  expect(screen.getByRole("combobox", { name: "Interval" })).toHaveDisplayValue("Other…");
  expect(screen.getByRole("textbox", { name: "Seconds" })).toHaveValue("77");
});

test("a refused change is taken back, and says why at its field", async () => {
  refusing("no_cookie", null, 409);
  const { user } = await showSettings("collecting", {
    settings: { ...settings, collecting: false },
  });
  const collect = screen.getByRole("switch", { name: "Collecting" });
  await user.click(collect);
  expect(await screen.findByRole("alert")).toHaveTextContent("Not saved: There is no cookie yet.");
  expect(collect).not.toBeChecked();
  expect(collect).toHaveAccessibleDescription(/There is no cookie yet/);
});

test("a time zone is found by its words and saved by its name", async () => {
  const sent = taking();
  const { user } = await showSettings("general");
  await user.click(screen.getByRole("button", { name: /^Time zone/ }));
  await user.type(screen.getByRole("combobox", { name: /Search/ }), "york new");
  const found = within(screen.getByRole("listbox", { name: "Time zone" }));
  expect(found.getAllByRole("option").map((option) => option.textContent)).toEqual([
    expect.stringMatching(/^America\/New YorkUTC−[45]$/),
  ]);
  await user.keyboard("{Enter}");
  await waitFor(() => expect(sent).toEqual([{ time_zone: "America/New_York" }]));
  expect(screen.queryByRole("listbox")).toBeNull();
});

test("a zone the server does not know is refused at its field, in words", async () => {
  refusing("invalid_value", "time_zone");
  const { user } = await showSettings("general");
  await user.click(screen.getByRole("button", { name: /^Time zone/ }));
  await user.keyboard("{ArrowDown}{Enter}");
  expect(await screen.findByText("This time zone is not supported.")).toBeVisible();
});

test("the cookie's names are shown, with its dates and how long the login has left", async () => {
  await showSettings("cookie", {
    status: {
      ...status,
      cookie: {
        ...status.cookie,
        renewed_at: "2025-08-25T13:10:00.000Z",
        expires_at: new Date(Date.now() + 5.5 * 86_400_000).toISOString(),
      },
    },
  });
  const cookie = section("Cookie");
  expect(cookie.getByText("__Secure-authjs.session-token")).toBeVisible();
  expect(cookie.getByText("2025-08-25 13:10:00")).toBeVisible();
  expect(cookie.getByText(/^in 5 d/)).toBeVisible();
  expect(cookie.getByText("Valid")).toBeVisible();
});

test("the cookie is checked on demand", async () => {
  server.use(http.post("/api/cookie/check", () => HttpResponse.json(status.cookie)));
  const { user } = await showSettings("cookie");
  await user.click(screen.getByRole("button", { name: "Check now" }));
  expect(await screen.findByText("Checked just now: valid.")).toBeVisible();
});

test("the cookie is deleted only after a question", async () => {
  const deleted = vi.fn();
  server.use(
    http.delete("/api/cookie", () => {
      deleted();
      return new HttpResponse(null, { status: 204 });
    }),
  );
  const { user } = await showSettings("cookie");
  await user.click(screen.getByRole("button", { name: "Delete" }));
  const question = within(screen.getByRole("alertdialog", { name: /^Delete the cookie\?/ }));
  expect(question.getByRole("button", { name: "Cancel" })).toHaveFocus();
  expect(deleted).not.toHaveBeenCalled();
  await user.click(question.getByRole("button", { name: "Delete cookie" }));
  await waitFor(() => expect(deleted).toHaveBeenCalledOnce());
  await waitFor(() => expect(screen.queryByRole("alertdialog")).toBeNull());
});

test("replacing the cookie leads to its dialog", async () => {
  const { user } = await showSettings("cookie");
  await user.click(screen.getByRole("button", { name: "Replace" }));
  expect(window.location.search).toBe("?settings=cookie&dialog=cookie");
});

test("all that is stored can be exported", async () => {
  await showSettings("data");
  const targets = ["CSV", "JSON", "NDJSON"].map((format) => {
    const link = screen.getByRole<HTMLAnchorElement>("link", { name: `Export as ${format}` });
    return link.pathname + link.search;
  });
  expect(targets).toEqual([
    "/api/export?format=csv",
    "/api/export?format=json",
    "/api/export?format=ndjson",
  ]);
});

test("it shows the amount of stored data", async () => {
  await showSettings("data");
  expect(section("Data").getByText("20 (16 counted)")).toBeVisible();
  expect(section("Data").getByText("41 kB")).toBeVisible();
});

test("it says which version this is and where its data are", async () => {
  await showSettings("about");
  expect(section("About").getByText("/data")).toBeVisible();
  expect(section("About").getByText("0.1.0")).toBeVisible();
  expect(section("About").getByRole("link", { name: "API documentation" })).toHaveAttribute(
    "href",
    "/api/docs",
  );
});

test("quarantined rows are mentioned only if there are any", async () => {
  const { change } = await showSettings("data");
  expect(screen.queryByText("Unreadable rows")).toBeNull();
  change({ status: { ...status, records: { ...status.records, quarantined: 2 } } });
  expect(screen.getByText("Unreadable rows")).toBeVisible();
});

test("another page's change of language is seen at once", async () => {
  const { change } = await showSettings("general");
  change({ settings: { ...settings, locale: "zh-CN" } });
  expect(screen.getByRole("heading", { name: "设置" })).toBeVisible();
});

test("an unknown section of the address is the first one", async () => {
  await showSettings("nonsense");
  expect(screen.getByRole("region", { name: "General" })).toBeVisible();
  expect(screen.getByRole("link", { name: "General" })).toHaveAttribute("aria-current", "page");
});

test("a control that opens the settings gets the focus back", async () => {
  server.use(http.get("/api/usage", () => new HttpResponse(null, { status: 500 })));
  const { user } = showPage();
  const opener = await screen.findByRole("button", { name: "Settings" });
  await user.click(opener);
  await waitFor(() => expect(screen.getByRole("heading", { name: "Settings" })).toHaveFocus());
  expect(window.location.search).toBe("?settings=general");
  await user.click(screen.getByRole("link", { name: "Back to the curve" }));
  expect(opener).toHaveFocus();
  expect(window.location.search).toBe("");
});

test("the keys of the range do nothing while the settings are shown", async () => {
  changeAddress({ settings: "about" });
  const { user } = showPage();
  await screen.findByRole("region", { name: "About" });
  await user.keyboard("4");
  expect(window.location.search).toBe("?settings=about");
});
