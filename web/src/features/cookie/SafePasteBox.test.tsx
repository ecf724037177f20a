import { screen, waitFor } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { show } from "@/test/render";
import { CookieDialog } from "./CookieDialog";

afterEach(() => Reflect.deleteProperty(navigator, "serviceWorker"));

function setRegistrations(registrations: readonly unknown[]): void {
  Object.defineProperty(navigator, "serviceWorker", {
    value: { controller: registrations[0] ?? null, getRegistrations: async () => registrations },
    configurable: true,
  });
}

test("the box is hidden while another program's service worker is registered", async () => {
  setRegistrations([{}]);
  show(<CookieDialog trouble={null} hasCookie={false} onClose={() => {}} />);
  expect(screen.queryByRole("textbox", { name: "Cookie" })).toBeNull(); // from the first frame on
  expect(await screen.findByRole("button", { name: "Remove it and reload" })).toBeVisible();
  expect(screen.queryByRole("textbox", { name: "Cookie" })).toBeNull();
  setRegistrations([]);
  await waitFor(() => expect(screen.getByRole("textbox", { name: "Cookie" })).toBeVisible(), {
    timeout: 3_000,
  });
});
