/** The header: freshness, the switch and the refresh button. */
import { screen, waitFor } from "@testing-library/react";
import { HttpResponse, http } from "msw";
import { beforeEach, expect, test, vi } from "vitest";
import { serveAccount } from "@/test/account";
import { show } from "@/test/render";
import { SAMPLE_NOW, settings, status } from "@/test/samples";
import { server } from "@/test/server";
import { Header } from "./Header";

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"], now: SAMPLE_NOW + 12_000 });
});

const said = () => screen.getByRole("status", { name: "State" });

test("the age of the data and the time to the next poll are shown", () => {
  show(<Header />);
  expect(screen.getByRole("banner")).toHaveTextContent("Updated 12 s ago · next in 48 s");
});

test("the mark says live only while our own stream is and the site answers", async () => {
  const { stream } = show(<Header />);
  expect(said()).toHaveTextContent("Connecting");
  await stream.greet(20);
  expect(said()).toHaveTextContent("Live");
  const link = { ...status.link, state: "degraded" };
  await stream.say("status", { ...status, link });
  expect(said()).toHaveTextContent("Site error");
  await stream.end();
  expect(said()).toHaveTextContent("Reconnecting");
});

test("during a pause by the schedule, mark and freshness say until when", async () => {
  const { stream } = show(<Header />);
  await stream.greet(20);
  const link = {
    ...status.link,
    state: "off",
    code: "scheduled",
    next_poll_at: null,
    next_change_at: "2025-08-25T23:00:00.000Z",
  };
  await stream.say("status", { ...status, link });
  expect(said()).toHaveTextContent("Paused until 23:00");
  expect(screen.getByRole("banner")).toHaveTextContent("paused by schedule until 23:00");
  expect(screen.getByRole("banner")).not.toHaveTextContent("Not collecting");
});

test("the balance is in the header, and opens the account", async () => {
  serveAccount();
  const { stream, user } = show(<Header />);
  await stream.greet(20);
  await stream.say("status", { ...status, versions: { ...status.versions, account: 3 } });
  await user.click(await screen.findByRole("button", { name: /Balance.*980 credits/ }));
  expect(window.location.search).toBe("?settings=account");
});

test("the switch is turned at once, and saved", async () => {
  const bodies: unknown[] = [];
  server.use(
    http.patch("*/api/settings", async ({ request }) => {
      bodies.push(await request.json());
      return HttpResponse.json({ ...settings, collecting: false });
    }),
  );
  const { user } = show(<Header />);
  await user.click(screen.getByRole("switch", { name: "Collecting" }));
  expect(screen.getByRole("switch")).not.toBeChecked();
  await waitFor(() => expect(bodies).toEqual([{ collecting: false }]));
});

test("a switch that is refused for want of a cookie goes back and asks for one", async () => {
  const problem = { status: 409, code: "no_cookie", detail: "…" };
  server.use(http.patch("*/api/settings", () => HttpResponse.json(problem, { status: 409 })));
  const { user } = show(<Header />, { settings: { ...settings, collecting: false } });
  await user.click(screen.getByRole("switch"));
  await waitFor(() => expect(window.location.search).toBe("?dialog=cookie"));
  expect(screen.getByRole("switch")).not.toBeChecked();
});

test("refresh says how many are new", async () => {
  server.use(
    http.post("*/api/refresh", () =>
      HttpResponse.json({ new: 3, updated: 0, at: "2025-08-25T13:40:00.000Z" }),
    ),
  );
  const { user } = show(<Header />);
  await user.click(screen.getByRole("button", { name: "Refresh" }));
  await waitFor(() => expect(screen.getAllByText("3 new")[0]).toBeVisible());
});

test("a refresh that fails says why, unless a notice does", async () => {
  const problem = { status: 500, code: "internal_error", detail: "…" };
  server.use(http.post("*/api/refresh", () => HttpResponse.json(problem, { status: 500 })));
  const { user } = show(<Header />);
  await user.click(screen.getByRole("button", { name: "Refresh" }));
  expect(
    await screen.findByText("Refresh failed: Internal error. See CreditCurve's log for details."),
  ).toBeVisible();
});

test("the theme can be picked, and is on the page at once", async () => {
  server.use(http.patch("*/api/settings", () => HttpResponse.json({ ...settings, theme: "dark" })));
  const { user } = show(<Header />);
  await user.click(screen.getByRole("button", { name: "Theme" }));
  await user.click(await screen.findByRole("menuitemradio", { name: "Dark" }));
  expect(document.documentElement.dataset.theme).toBe("dark");
});

test("without a cookie, switch and refresh are hidden", () => {
  const cookie = { ...status.cookie, state: "missing" } as const;
  show(<Header />, { status: { ...status, cookie } });
  expect(screen.queryByRole("switch")).toBeNull();
  expect(screen.queryByRole("button", { name: "Refresh" })).toBeNull();
});
