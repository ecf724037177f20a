import { expect, test } from "vitest";
import { EventParser } from "./sse";

const STREAM =
  'retry: 1500\nid: 20\n\n: a comment\n\nevent: status\ndata: {"a":1}\n\nid: 21\nevent: records\ndata: one\ndata: two\n\n';

function parse(pieces: readonly string[]) {
  const seen: string[] = [];
  const parser = new EventParser({
    onEvent: ({ name, data }) => seen.push(`${name}=${data}`),
    onId: (id) => seen.push(`#${id}`),
    onRetry: (ms) => seen.push(`retry ${ms}`),
  });
  for (const piece of pieces) parser.push(piece);
  return seen;
}

const EXPECTED = ["retry 1500", "#20", 'status={"a":1}', "records=one\ntwo", "#21"];

test("a stream is read into its events, ids and retry time", () => {
  expect(parse([STREAM])).toEqual(EXPECTED);
});

test("it does not matter where the stream is cut", () => {
  for (let cut = 0; cut <= STREAM.length; cut += 1) {
    expect(parse([STREAM.slice(0, cut), STREAM.slice(cut)])).toEqual(EXPECTED);
  }
  expect(parse([...STREAM])).toEqual(EXPECTED);
});

test("line ends may be carriage returns, line feeds or both", () => {
  expect(parse([STREAM.replaceAll("\n", "\r\n")])).toEqual(EXPECTED);
  expect(parse([...STREAM.replaceAll("\n", "\r\n")])).toEqual(EXPECTED);
});

test("an event that is not finished is not given out", () => {
  expect(parse(["event: status\ndata: {}\n"])).toEqual([]);
});
