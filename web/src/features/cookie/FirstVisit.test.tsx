import { screen, waitFor, within } from "@testing-library/react";
import { HttpResponse, http } from "msw";
import { expect, test } from "vitest";
import type { Status } from "@/api/types";
import { show } from "@/test/render";
import { settings, status } from "@/test/samples";
import { server } from "@/test/server";
import { FirstVisit } from "./FirstVisit";

const NEW: Status = {
  ...status,
  link: { ...status.link, state: "no_cookie", last_success_at: null },
  cookie: { ...status.cookie, state: "missing", names: [] },
  records: { ...status.records, total: 0 },
};
const OFF = { ...settings, collecting: false };

test("three steps lead to the cookie", () => {
  show(<FirstVisit />, { status: NEW, settings: OFF });
  const steps = within(screen.getByRole("list", { name: "How to get the cookie" }));
  expect(steps.getAllByRole("heading").map((title) => title.textContent)).toEqual([
    "Open the usage page",
    "Copy a request",
    "Paste it here",
  ]);
  expect(screen.getByRole("textbox", { name: "Cookie" })).toBeVisible();
});

test("with a valid cookie, one button starts collecting", async () => {
  server.use(
    http.patch("/api/settings", async ({ request }) =>
      HttpResponse.json({ ...OFF, ...((await request.json()) as object) }),
    ),
  );
  const { user, change, live } = show(<FirstVisit />, { status: NEW, settings: OFF });
  change({ status: { ...NEW, cookie: status.cookie } });
  expect(screen.getByRole("heading", { name: "Cookie works" })).toHaveFocus();
  expect(screen.getByRole("status")).toHaveTextContent("Verified with the site");
  await user.click(screen.getByRole("button", { name: "Start collecting" }));
  await waitFor(() => expect(live.getState().settings?.collecting).toBe(true));
});

test("another cookie can be pasted instead", async () => {
  const { user } = show(<FirstVisit />, {
    status: { ...NEW, cookie: status.cookie },
    settings: OFF,
  });
  await user.click(screen.getByRole("button", { name: "Use another cookie" }));
  expect(screen.getByRole("textbox", { name: "Cookie" })).toBeVisible();
});

test("a cookie that was saved untried is not called valid", () => {
  show(<FirstVisit />, {
    status: { ...NEW, cookie: { ...status.cookie, state: "unverified" } },
    settings: OFF,
  });
  expect(screen.getByRole("heading", { name: "Cookie saved" })).toBeVisible();
  expect(screen.getByRole("status")).toHaveTextContent("Not checked yet");
});

test("the demo is one click away, below this page", () => {
  show(<FirstVisit />, { status: NEW, settings: OFF });
  const link = screen.getByRole("link", { name: "Look around with demo data" });
  expect(link).toHaveAttribute("href", "demo/");
});

test("within the demo, the demo is not offered", () => {
  show(<FirstVisit />, { status: { ...NEW, demo: true }, settings: OFF });
  expect(screen.queryByText("Look around with demo data")).toBeNull();
});
