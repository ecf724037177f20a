/** The tab's title and icon, and the keys of the page. */
import { act, screen } from "@testing-library/react";
import { HttpResponse, http } from "msw";
import { beforeEach, expect, test, vi } from "vitest";
import { showPage } from "@/test/render";
import { SAMPLE_NOW, status, usage } from "@/test/samples";
import { server } from "@/test/server";

beforeEach(() => {
  vi.useFakeTimers({ now: SAMPLE_NOW, shouldAdvanceTime: true });
  document.head.innerHTML = '<link rel="icon" href="/favicon.svg" />';
  server.use(http.get("*/api/usage", () => HttpResponse.json(usage)));
});

const icon = () => document.querySelector<HTMLLinkElement>('link[rel="icon"]')?.href ?? "";

test("the title shows the rate, or the trouble, and the icon has a dot for it", async () => {
  const { stream } = showPage();
  await act(() => stream.greet(20));
  await vi.waitFor(() => expect(document.title).toMatch(/^[\d,]+\/h · CreditCurve$/));
  expect(icon()).toContain(encodeURIComponent("#2fbf86"));
  const link = { ...status.link, state: "blocked" };
  await stream.say("status", { ...status, link });
  expect(document.title).toBe("Blocked · CreditCurve");
  expect(icon()).toContain(encodeURIComponent("#e2a32b"));
});

test("digits choose the range, and a question mark lists the keys", async () => {
  const { user } = showPage();
  await user.keyboard("4");
  expect(window.location.search).toBe("?range=6h");
  await user.keyboard("?");
  expect(await screen.findByRole("dialog", { name: "Keyboard shortcuts" })).toBeVisible();
  await user.keyboard("1");
  expect(window.location.search).toContain("range=6h");
});
