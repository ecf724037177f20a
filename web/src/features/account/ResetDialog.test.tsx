/** The dialog before a reset, and its outcome. */
import { screen, within } from "@testing-library/react";
import { HttpResponse } from "msw";
import { beforeEach, expect, test } from "vitest";
import { changeAddress } from "@/hooks/useAddress";
import { serveAccount, showWithAccount } from "@/test/account";
import { ResetDialog } from "./ResetDialog";

beforeEach(() => changeAddress({ dialog: "reset" }, "replace"));

test("a reset explains its effect, and is requested once", async () => {
  const done = { before: 980, after: 8000, amount: 7020, remaining: 0 };
  const asked = serveAccount({}, () => HttpResponse.json(done));
  const { user } = await showWithAccount(<ResetDialog />);
  const dialog = within(screen.getByRole("dialog", { name: "Reset the balance" }));
  expect(await dialog.findByText("+7,020")).toBeVisible();
  expect(dialog.getByText("1 → 0")).toBeVisible();
  await user.click(dialog.getByRole("button", { name: "Reset to 8,000 credits" }));
  expect(await dialog.findByText("Reset done: +7,020 credits.")).toBeVisible();
  expect(asked).toEqual(["reset"]);
});

test("after a lost answer there is no way to ask again", async () => {
  const problem = { status: 502, code: "reset_doubtful", detail: "Lost." };
  const asked = serveAccount({}, () => HttpResponse.json(problem, { status: 502 }));
  const { user } = await showWithAccount(<ResetDialog />);
  await user.click(await screen.findByRole("button", { name: "Reset to 8,000 credits" }));
  expect(await screen.findByText(/answer was lost/)).toBeVisible();
  expect(screen.queryByText(/cannot be undone/)).toBeNull();
  expect(screen.getByText("980 credits")).toBeVisible();
  expect(screen.getByText("Resets left")).toBeVisible();
  expect(screen.queryByRole("button", { name: /^Reset/ })).toBeNull();
  expect(asked).toEqual(["reset"]);
});

test("a used reset cannot be asked for", async () => {
  serveAccount({ reset: { available: false, remaining: 0, last_at: null } });
  await showWithAccount(<ResetDialog />);
  expect(await screen.findByText("Today's reset has been used.")).toBeVisible();
  expect(screen.queryByText(/cannot be undone/)).toBeNull();
  expect(screen.getByRole("button", { name: "Reset to 8,000 credits" })).toBeDisabled();
});
