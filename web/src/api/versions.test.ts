import { describe, expect, test } from "vitest";
import {
  forgetVersion,
  forgetVersions,
  isOutdated,
  learnVersions,
  NOTHING_KNOWN,
} from "./versions";

const first = learnVersions(NOTHING_KNOWN, { revision: 20, coverage: 1 });
const next = learnVersions(first, { revision: 20, coverage: 2 });

describe("an answer is outdated", () => {
  test("if a newer version became known after its request", () => {
    const stamp = { versions: {}, askedAt: first.step };
    expect(isOutdated(stamp, first, ["coverage"])).toBe(false);
    expect(isOutdated(stamp, next, ["coverage"])).toBe(true);
  });

  test("if it was requested before anything was known, and names no version", () => {
    expect(isOutdated({ versions: {}, askedAt: 0 }, first, ["coverage"])).toBe(true);
  });

  test("if a new stream began after its request that does not name its version", () => {
    const heard = learnVersions(first, { alerts: 3 });
    const stamp = { versions: { alerts: 3 }, askedAt: heard.step };
    const reopened = forgetVersion(heard, "alerts");
    expect(isOutdated(stamp, heard, ["alerts"])).toBe(false);
    expect(isOutdated(stamp, reopened, ["alerts"])).toBe(true);
    expect(isOutdated({ ...stamp, askedAt: reopened.step }, reopened, ["alerts"])).toBe(false);
    expect(isOutdated(stamp, reopened, ["revision", "coverage"])).toBe(false);
  });

  test("after a reset, whatever its versions", () => {
    const reset = learnVersions(forgetVersions(next), { revision: 20, coverage: 2 });
    const stamp = { versions: { revision: 20, coverage: 2 }, askedAt: next.step };
    expect(isOutdated(stamp, reset, ["coverage"])).toBe(true);
  });
});

describe("an answer is not outdated", () => {
  test("if it has the newest version, whenever it was requested", () => {
    expect(isOutdated({ versions: { coverage: 2 }, askedAt: 0 }, next, ["coverage"])).toBe(false);
  });

  test("by the version of data that it does not depend on", () => {
    expect(isOutdated({ versions: {}, askedAt: first.step }, next, ["revision"])).toBe(false);
  });

  test("if its revision is ahead of the events", () => {
    const stamp = { versions: { revision: 23 }, askedAt: 0 };
    expect(isOutdated(stamp, next, ["revision"])).toBe(false);
  });

  test("if it was requested after the newest version became known", () => {
    const stamp = { versions: { coverage: 3 }, askedAt: next.step };
    expect(isOutdated(stamp, next, ["coverage"])).toBe(false);
  });
});

test("hearing a known version again changes nothing", () => {
  expect(learnVersions(first, { revision: 20, coverage: 1 })).toBe(first);
});
