import { expect, test } from "vitest";
import { afterFirstView, announceFirstView, holdBackLaterParts } from "./firstView";

/** A clock that the test moves. */
function timers() {
  const callbacks: (() => void)[] = [];
  return {
    after: (_ms: number, callback: () => void) => {
      callbacks.push(callback);
      return () => {};
    },
    expire: () => {
      for (const callback of callbacks) callback();
    },
  };
}

/** Ask for a part; return how often it has been loaded by now. */
function asked() {
  let loads = 0;
  const part = afterFirstView(async () => {
    loads += 1;
    return "part";
  });
  return { part, loads: () => loads };
}

const settled = () => new Promise((resolve) => setTimeout(resolve));

test("a page without a first view to wait for loads its parts at once", async () => {
  await expect(asked().part).resolves.toBe("part");
});

test("a later part is not loaded before the first view has been drawn", async () => {
  holdBackLaterParts(timers().after);
  const { part, loads } = asked();
  await settled();
  expect(loads()).toBe(0);
  announceFirstView();
  await expect(part).resolves.toBe("part");
});

test("a first view that is never drawn does not keep the later parts away", async () => {
  const clock = timers();
  holdBackLaterParts(clock.after);
  const { part } = asked();
  clock.expire();
  await expect(part).resolves.toBe("part");
});
