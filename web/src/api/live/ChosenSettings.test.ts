import { expect, test } from "vitest";
import { settings } from "@/test/samples";
import type { Settings } from "../types";
import { ChosenSettings } from "./ChosenSettings";

const SIX_HOURS = { range_hours: 6 };

/** Settings with a version: those of the sample are of version 1. */
function version(number: number, change: Partial<Settings> = {}): Settings {
  return { ...settings, ...change, versions: { settings: number } };
}

function started() {
  let shown = settings;
  const chosen = new ChosenSettings((newest) => {
    shown = newest;
  });
  chosen.report(version(1));
  return { chosen, shown: () => shown };
}

test("the later of two changes is shown, also after the earlier one is refused", () => {
  const { chosen, shown } = started();
  const first = { range_hours: 2, collecting: false };
  chosen.choose(first);
  chosen.choose(SIX_HOURS);
  expect(shown()).toMatchObject({ range_hours: 6, collecting: false });
  chosen.refuse(first);
  expect(shown()).toMatchObject({ range_hours: 6, collecting: settings.collecting });
});

test("a change is shown before its answer, whatever the stream reports", () => {
  const { chosen, shown } = started();
  chosen.choose(SIX_HOURS);
  chosen.report(version(9, { theme: "dark" }));
  expect(shown()).toMatchObject({ range_hours: 6, theme: "dark" });
});

test("an accepted change is shown until the stream reports its version", () => {
  const { chosen, shown } = started();
  chosen.choose(SIX_HOURS);
  chosen.accept(SIX_HOURS, version(5, SIX_HOURS));
  chosen.report(version(4));
  expect(shown().range_hours).toBe(6);
  chosen.report(version(5, { range_hours: 24 }));
  expect(shown().range_hours).toBe(24);
});

test("a change whose event came before its answer covers nothing afterwards", () => {
  const { chosen, shown } = started();
  chosen.choose(SIX_HOURS);
  chosen.report(version(5, SIX_HOURS));
  chosen.accept(SIX_HOURS, version(5, SIX_HOURS));
  chosen.learn(version(6, { range_hours: 24 }));
  expect(shown().range_hours).toBe(24);
});

test("the first settings of a new stream contain every accepted change", () => {
  const { chosen, shown } = started();
  chosen.accept(SIX_HOURS, version(5, SIX_HOURS));
  chosen.startStream();
  chosen.report(version(2, { range_hours: 3 }));
  expect(shown().range_hours).toBe(3);
});

test("an answer older than the newest settings is not shown", () => {
  const { chosen, shown } = started();
  chosen.report(version(4, { range_hours: 3 }));
  chosen.learn(version(3, { range_hours: 12 }));
  expect(shown().range_hours).toBe(3);
  chosen.learn(version(5, { range_hours: 12 }));
  expect(shown().range_hours).toBe(12);
});
