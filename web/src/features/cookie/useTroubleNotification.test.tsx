import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { show } from "@/test/render";
import { status } from "@/test/samples";
import { CookieNotice } from "./CookieNotice";

const shown = vi.fn();

class TestNotification {
  static permission = "granted";
  constructor(title: string) {
    shown(title);
  }
}

const dead = (savedAt: string) => ({
  ...status,
  cookie: { ...status.cookie, state: "invalid" as const, saved_at: savedAt },
});

beforeEach(() => {
  vi.stubGlobal("Notification", TestNotification);
  TestNotification.permission = "granted";
  shown.mockClear();
});
afterEach(() => vi.unstubAllGlobals());

test("a dead cookie is notified once, on all pages of the browser together", () => {
  localStorage.setItem("creditcurve.notify", "on");
  const { change, unmount } = show(<CookieNotice />, { status });
  expect(shown).not.toHaveBeenCalled();
  change({ status: dead("2025-08-25T10:00:00.000Z") });
  expect(shown.mock.calls).toEqual([["Signed out"]]);
  unmount();
  const { change: changeAgain } = show(<CookieNotice />, {
    status: dead("2025-08-25T10:00:00.000Z"),
  });
  expect(shown).toHaveBeenCalledTimes(1);
  changeAgain({ status: dead("2025-08-26T10:00:00.000Z") });
  expect(shown).toHaveBeenCalledTimes(2);
});

test.each([
  [null, "granted"],
  ["off", "granted"],
  ["on", "denied"],
])("with the choice %s and the permission %s nothing is notified", (choice, permission) => {
  if (choice !== null) localStorage.setItem("creditcurve.notify", choice);
  TestNotification.permission = permission;
  show(<CookieNotice />, { status: dead("2025-08-25T10:00:00.000Z") });
  expect(shown).not.toHaveBeenCalled();
});
