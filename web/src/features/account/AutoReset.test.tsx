/** Automatic resets: each change is saved with the whole rule, in the zone that the page shows. */
import { screen, waitFor } from "@testing-library/react";
import { beforeEach, expect, test } from "vitest";
import { changeAddress } from "@/hooks/useAddress";
import { serveAccount, takeSettings } from "@/test/account";
import { show } from "@/test/render";
import { settings } from "@/test/samples";
import { AutoReset } from "./AutoReset";

const off = { at: null, below: null, between: null };
const low = { at: null, below: 1_000, between: null };

beforeEach(() => {
  changeAddress({ settings: "account" }, "replace");
  serveAccount();
});

test("the daily reset is switched on with a time", async () => {
  const sent = takeSettings();
  const { user } = show(<AutoReset rule={off} />);
  await user.click(screen.getByRole("switch", { name: "Every day" }));
  await waitFor(() => expect(sent).toEqual([{ auto_reset: { ...off, at: "08:00" } }]));
});

test("a reset at a low balance is switched on and given an amount", async () => {
  const sent = takeSettings();
  const { user } = show(<AutoReset rule={off} />);
  expect(screen.queryByLabelText("Balance (credits)")).toBeNull();
  await user.click(screen.getByRole("switch", { name: "At a low balance" }));
  await waitFor(() => expect(sent).toEqual([{ auto_reset: low }]));
});

test("the amount and the hours of a low balance are saved", async () => {
  const sent = takeSettings();
  const rule = { ...low, between: ["09:00", "18:00"] as const };
  const { user } = show(<AutoReset rule={rule} />);
  const amount = screen.getByLabelText("Balance (credits)");
  await user.clear(amount);
  await user.type(amount, "2500{Tab}");
  await waitFor(() => expect(sent).toEqual([{ auto_reset: { ...rule, below: 2_500 } }]));
  const to = screen.getByLabelText("To");
  await user.clear(to);
  await user.type(to, "02:30");
  await user.tab();
  await waitFor(() =>
    expect(sent[1]).toEqual({ auto_reset: { ...rule, between: ["09:00", "02:30"] } }),
  );
  await user.click(screen.getByRole("switch", { name: "Only within hours" }));
  await waitFor(() => expect(sent[2]).toEqual({ auto_reset: low }));
});

test("switching a low balance off forgets its hours", async () => {
  const sent = takeSettings();
  const rule = { ...low, at: "08:00", between: ["09:00", "18:00"] as const };
  const { user } = show(<AutoReset rule={rule} />);
  await user.click(screen.getByRole("switch", { name: "At a low balance" }));
  await waitFor(() => expect(sent).toEqual([{ auto_reset: { ...off, at: "08:00" } }]));
});

test("while the zone is the browser's, it is saved with the time: the server has another", async () => {
  const sent = takeSettings();
  const { user } = show(<AutoReset rule={off} />, { settings: { ...settings, time_zone: "auto" } });
  await user.click(screen.getByRole("switch", { name: "Every day" }));
  await waitFor(() => expect(sent[0]).toHaveProperty("time_zone"));
});
