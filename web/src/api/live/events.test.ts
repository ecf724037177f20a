import { expect, test } from "vitest";
import { record, settings, status } from "@/test/samples";
import { eventText } from "@/test/stream";
import { makeEventParser, type StreamEvent } from "./events";

const RECORDS = { revision: 21, records: [record()] };
const STREAM = `retry: 1500\nid: 20\n\n: beat\n\n${eventText("status", status)}${eventText("settings", settings)}${eventText("records", RECORDS, 21)}${eventText("account", { balance: 7, versions: { account: 3 } })}${eventText("alert", { episodes: [], versions: { alerts: 4 }, notifications: [] })}${eventText("reset", {}, 5)}`;

const EXPECTED: readonly StreamEvent[] = [
  { type: "retry", ms: 1500 },
  { type: "cursor", revision: 20 },
  { type: "beat" },
  { type: "status", status },
  { type: "settings", settings },
  { type: "records", ...RECORDS },
  { type: "account", versions: { account: 3 } },
  { type: "alert", versions: { alerts: 4 }, notifications: [] },
  { type: "reset", revision: 5 },
];

function parse(pieces: readonly string[]) {
  const events: StreamEvent[] = [];
  const parser = makeEventParser((event) => events.push(event));
  for (const piece of pieces) parser.feed(piece);
  return events;
}

test("a stream becomes typed events", () => {
  expect(parse([STREAM])).toEqual(EXPECTED);
});

test("it does not matter where the text is cut", () => {
  for (let cut = 0; cut <= STREAM.length; cut += 13) {
    expect(parse([STREAM.slice(0, cut), STREAM.slice(cut)])).toEqual(EXPECTED);
  }
});

test("an unfinished event is not emitted", () => {
  expect(parse(["event: status\ndata: {}\n"])).toEqual([]);
});

test("an unknown event is ignored", () => {
  expect(parse([eventText("news", {})])).toEqual([]);
});
