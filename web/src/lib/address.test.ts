import { expect, test } from "vitest";
import { changedSearch, parseAddress } from "./address";
import { type Filter, NO_FILTER } from "./filter";

test("an empty address is the default range and view, the models, no settings and no dialog", () => {
  expect(parseAddress("")).toEqual({
    range: null,
    zoom: null,
    view: null,
    by: "model",
    panel: "models",
    filter: NO_FILTER,
    episode: null,
    preview: null,
    settings: null,
    dialog: null,
  });
});

test("the link of a message names a range in milliseconds and an episode", () => {
  const address = parseAddress("?from=1756125600000&to=1756129200000&episode=12");
  expect(address.range).toEqual({ kind: "span", from: 1_756_125_600_000, to: 1_756_129_200_000 });
  expect(address.episode).toBe("12");
  expect(changedSearch("?episode=12", { episode: null })).toBe("");
});

test.each(["key", "api_key"])(
  "the page's and the interface's name of a group are read: %s",
  (by) => {
    expect(parseAddress(`?by=${by}`).by).toBe("api_key");
    expect(parseAddress(changedSearch(`?by=${by}`, { by: "model" })).by).toBe("model");
  },
);

test("a filter is written into the address and read back, and defaults are omitted", () => {
  const filter: Filter = {
    isInRange: false,
    model: "a&b=c 模型",
    endpoint: "v1/messages",
    apiKey: "laptop",
    counts: false,
    leastCredits: 12,
  };
  const search = changedSearch("?panel=records", { filter });
  expect(parseAddress(search).filter).toEqual(filter);
  expect(parseAddress(search).panel).toBe("records");
  expect(changedSearch(search, { filter: NO_FILTER })).toBe("?panel=records");
});

test("nonsense in a filter is as if it were not there", () => {
  const search = "?model=&counts=maybe&min=-3&records=some&endpoint=";
  expect(parseAddress(search).filter).toEqual(NO_FILTER);
  expect(parseAddress("?min=99999999999").filter.leastCredits).toBeNull();
});

test("a written change is read back", () => {
  const range = { kind: "span", from: 1_756_125_600_000, to: 1_756_129_200_000 } as const;
  const search = changedSearch("?x=1", {
    range,
    view: "total",
    settings: "data",
    preview: "r1",
    dialog: "keys",
  });
  expect(search).toContain("from=2025-08-25T12:40:00.000Z");
  expect(parseAddress(search)).toMatchObject({
    range,
    view: "total",
    settings: "data",
    preview: "r1",
    dialog: "keys",
  });
  expect(new URLSearchParams(search).get("x")).toBe("1");
});

test("defaults are left out, and a range replaces another and its zoom", () => {
  const search = changedSearch(
    "?from=2025-08-25T12:00:00Z&to=2025-08-25T13:00:00Z&view=total&zoom=x/y",
    {
      range: { kind: "last", hours: 6 },
      view: null,
    },
  );
  expect(search).toBe("?range=6h");
});

test("nonsense in the address is as if it were not there", () => {
  for (const search of [
    "?range=0h",
    "?range=9999h",
    "?range=366d",
    "?from=x&to=y",
    "?view=%00&range=1w",
    "?zoom=2025-08-25T13:00:00Z/2025-08-25T12:00:00Z",
    "?zoom=x",
  ]) {
    expect(parseAddress(search)).toMatchObject({ range: null, view: null, zoom: null });
  }
});

test("a range of days is written in days, and read in either", () => {
  const month = { kind: "days", period: 30 } as const;
  expect(changedSearch("", { range: month })).toBe("?range=30d");
  expect(parseAddress("?range=30d").range).toEqual(month);
  expect(parseAddress("?range=720h").range).toEqual(month);
});

test.each(["today", "yesterday", "week"] as const)("the period %s has its own name", (period) => {
  const range = { kind: "days", period } as const;
  expect(changedSearch("?range=6h&zoom=x/y", { range })).toBe(`?range=${period}`);
  expect(parseAddress(`?range=${period}`).range).toEqual(range);
});

test("a zoom is written as an interval, and read back", () => {
  const zoom = { from: 1_756_125_600_000, to: 1_756_125_700_000 };
  const search = changedSearch("?range=6h", { zoom });
  expect(search).toBe("?range=6h&zoom=2025-08-25T12:40:00.000Z/2025-08-25T12:41:40.000Z");
  expect(parseAddress(search).zoom).toEqual(zoom);
  expect(changedSearch(search, { zoom: null })).toBe("?range=6h");
});
