import { expect, test } from "vitest";
import { Clock, sampleOf } from "./clock";

const TEN_MINUTES = 600_000;
const NOW = Date.parse("2025-08-25T13:40:00.000Z");

/** A clock of a browser that is so far ahead of the server, after one answer. */
function observed(aheadMs: number, latencyMs = 40) {
  const clock = new Clock(() => NOW + aheadMs);
  clock.observe({
    serverMs: Math.floor(NOW / 1000) * 1000,
    widthMs: 1_000,
    sentMs: NOW + aheadMs - latencyMs,
    receivedMs: NOW + aheadMs,
  });
  return clock;
}

test.each([TEN_MINUTES, -TEN_MINUTES])(
  "a browser that is %s ms ahead shows the server's time",
  (ahead) => {
    expect(Math.abs(observed(ahead).now() - NOW)).toBeLessThan(1_000);
  },
);

test("clocks that may agree are taken to agree", () => {
  expect(observed(0).getLead()).toBe(0);
  expect(observed(300).getLead()).toBe(0);
});

test("a slow answer widens the bounds, a quick one narrows them again", () => {
  const clock = observed(TEN_MINUTES, 20_000);
  expect(Math.abs(clock.now() - NOW)).toBeGreaterThan(5_000);
  const receivedMs = NOW + TEN_MINUTES;
  clock.observe({ serverMs: NOW, widthMs: 1_000, sentMs: receivedMs - 10, receivedMs });
  expect(Math.abs(clock.now() - NOW)).toBeLessThan(1_000);
});

test("a clock that is set is followed, and subscribers hear of it", () => {
  const clock = observed(TEN_MINUTES);
  let changes = 0;
  clock.subscribe(() => {
    changes += 1;
  });
  const receivedMs = NOW;
  clock.observe({ serverMs: NOW, widthMs: 1_000, sentMs: receivedMs - 10, receivedMs });
  expect([clock.getLead(), changes]).toEqual([0, 1]);
});

test("an answer without a readable date says nothing", () => {
  expect(sampleOf(new Response(), 0, 1)).toBeNull();
  expect(sampleOf(new Response(null, { headers: { date: "soon" } }), 0, 1)).toBeNull();
});
