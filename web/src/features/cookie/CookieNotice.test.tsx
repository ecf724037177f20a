import { screen, waitFor, within } from "@testing-library/react";
import { HttpResponse, http } from "msw";
import { expect, test, vi } from "vitest";
import type { Status } from "@/api/types";
import { changeAddress } from "@/hooks/useAddress";
import { show } from "@/test/render";
import { SAMPLE_NOW, settings, status } from "@/test/samples";
import { server } from "@/test/server";
import { CookieNotice } from "./CookieNotice";
import { CookieReminder } from "./CookieReminder";

function Both() {
  return (
    <>
      <CookieNotice />
      <CookieReminder />
    </>
  );
}

const DEAD: Status = {
  ...status,
  link: {
    ...status.link,
    state: "cookie_invalid",
    code: "unauthorized",
    since: "2025-08-25T13:41:00.000Z",
  },
  cookie: { ...status.cookie, state: "invalid", reason: "unauthorized" },
};

const dialog = () => screen.findByRole("dialog", { name: "Signed out" });

test("while the cookie works, nothing is said", () => {
  show(<Both />);
  expect(screen.queryByRole("button")).toBeNull();
  expect(screen.queryByRole("dialog")).toBeNull();
});

test("when it dies, a dialog says what happened, when, and that nothing is lost", async () => {
  const { change } = show(<Both />);
  change({ status: DEAD });
  const said = within(await dialog());
  expect(said.getByText(/401/)).toHaveTextContent(/2025-08-25 13:41:00 UTC.*saved data is safe/);
  expect(said.getByRole("textbox", { name: "Cookie" })).toHaveFocus();
  expect(said.getByRole("link", { name: /usage page/ })).toHaveAttribute(
    "href",
    "https://www.aicodemirror.com/dashboard/usage",
  );
});

test("a page that is opened later shows it too", async () => {
  show(<Both />, { status: DEAD });
  await dialog();
});

test("'not now' leaves a strip that opens the dialog again", async () => {
  const { user } = show(<Both />, { status: DEAD });
  await user.click(within(await dialog()).getByRole("button", { name: "Not now" }));
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  expect(screen.getByText("Signed out")).toBeVisible();
  await user.click(screen.getByRole("button", { name: "Paste a new cookie" }));
  await dialog();
});

test("a valid cookie, saved on another page, closes the dialog and is reported", async () => {
  const { change } = show(<Both />, { status: DEAD });
  await dialog();
  change({ status });
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  expect(await screen.findByText("Cookie works. Collecting continues.")).toBeInTheDocument();
});

test("the next death is shown again, though the last was put off", async () => {
  const { user, change } = show(<Both />, { status: DEAD });
  await user.click(within(await dialog()).getByRole("button", { name: "Not now" }));
  change({ status });
  change({ status: DEAD });
  await dialog();
});

test("another dialog closes for it", async () => {
  changeAddress({ dialog: "quarantine" });
  show(<Both />, { status: DEAD });
  await dialog();
  expect(window.location.search).toBe("");
});

test("trying the same cookie again makes one call and shows its outcome", async () => {
  const called = vi.fn();
  server.use(
    http.post("/api/cookie/check", () => {
      called();
      return HttpResponse.json(DEAD.cookie);
    }),
  );
  const { user } = show(<Both />, { status: DEAD });
  await user.click(
    within(await dialog()).getByRole("button", { name: "Try the same cookie again" }),
  );
  expect(await screen.findByText("Checked just now: the site still refuses it.")).toBeVisible();
  expect(called).toHaveBeenCalledOnce();
});

test("a cookie that cannot be read is asked for again", async () => {
  const unreadable: Status = { ...status, cookie: { ...status.cookie, state: "unreadable" } };
  show(<Both />, { status: unreadable });
  const said = await screen.findByRole("dialog", { name: "Paste the cookie again" });
  expect(said).toHaveTextContent("your history is intact");
});

test("a refused account is never called an expired cookie, and collecting can start again", async () => {
  server.use(
    http.patch("/api/settings", async ({ request }) =>
      HttpResponse.json({ ...settings, ...((await request.json()) as object) }),
    ),
  );
  const refused: Status = {
    ...status,
    link: { ...status.link, state: "off", code: "upstream_forbidden" },
  };
  const page = show(<Both />, {
    status: refused,
    settings: { ...settings, collecting: false },
  });
  const said = await screen.findByRole("dialog", {
    name: "The site refuses this account or network address",
  });
  expect(said).not.toHaveTextContent(/expired|no longer works/);
  await page.user.click(within(said).getByRole("button", { name: "Start collecting again" }));
  await waitFor(() => expect(page.live.getState().settings?.collecting).toBe(true));
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
});

test("asked for by the address, it replaces the cookie, and goes when that is done", async () => {
  server.use(
    http.put("/api/cookie", () => HttpResponse.json({ names: [], state: "valid" })),
    http.get("/api/status", () => HttpResponse.json(status)),
  );
  changeAddress({ dialog: "cookie" });
  const { user } = show(<Both />);
  await screen.findByRole("dialog", { name: "Replace cookie" });
  await user.click(screen.getByRole("textbox"));
  await user.paste("a=1");
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  expect(window.location.search).toBe("");
});

test("history without a cookie says so, and leads to the box", async () => {
  const { user } = show(<Both />, {
    status: { ...status, cookie: { ...status.cookie, state: "missing", names: [] } },
    settings: { ...settings, collecting: false },
  });
  await user.click(screen.getByRole("button", { name: "Paste a cookie" }));
  await screen.findByRole("dialog", { name: "Paste your cookie" });
});

test("an opened page with a first visit says nothing of it", () => {
  show(<Both />, {
    status: {
      ...status,
      link: { ...status.link, last_success_at: null },
      cookie: { ...status.cookie, state: "missing", names: [] },
      records: { ...status.records, total: 0 },
    },
    settings: { ...settings, collecting: false },
  });
  expect(screen.queryByRole("button")).toBeNull();
  expect(screen.queryByRole("dialog")).toBeNull();
});

function endingIn(days: number): Status {
  const end = new Date(SAMPLE_NOW + days * 86_400_000).toISOString();
  return { ...status, cookie: { ...status.cookie, expires_at: end } };
}

test("three days before the login ends it is said, and can be put off", async () => {
  vi.useFakeTimers({ now: SAMPLE_NOW, shouldAdvanceTime: true });
  const { user, change } = show(<Both />, { status: endingIn(3.5) });
  expect(screen.queryByText(/Login expires in/)).toBeNull();
  change({ status: endingIn(2.5) });
  expect(screen.getByText(/Login expires in 2 d 12 h \(2025-08-28 01:40\)/)).toBeVisible();
  await user.click(screen.getByRole("button", { name: "Not now" }));
  expect(screen.queryByText(/Login expires in/)).toBeNull();
});
