import { expect, test } from "vitest";
import { listenTo } from "./gestures";

function stage() {
  const host = document.createElement("div");
  document.body.append(host);
  const seen: string[] = [];
  const stop = listenTo(host, {
    onZoom: (factor, x, dx) => seen.push(`zoom ${factor.toFixed(2)} at ${x} by ${dx}`),
    onPoint: (x) => seen.push(`point ${x}`),
    onSelecting: (span) => seen.push(`selecting ${span}`),
    onSelect: (from, to) => seen.push(`select ${from} ${to}`),
    onReset: () => seen.push("reset"),
  });
  const point = (type: string, clientX: number, pointerId = 1, pointerType = "mouse") =>
    host.dispatchEvent(
      new PointerEvent(type, { clientX, pointerId, pointerType, button: 0, bubbles: true }),
    );
  const wheel = (keys: WheelEventInit) => {
    const event = new WheelEvent("wheel", { deltaY: -100, cancelable: true });
    // happy-dom's wheel events lack the fields of mouse events.
    for (const [name, value] of Object.entries({ clientX: 40, ...keys })) {
      Object.defineProperty(event, name, { value });
    }
    host.dispatchEvent(event);
    return event;
  };
  return { host, seen, stop, point, wheel };
}

const nextFrame = () => new Promise(requestAnimationFrame);

test.each([{ ctrlKey: true }, { metaKey: true }])(
  "the wheel with %o zooms around the pointer, once per frame",
  async (keys) => {
    const { seen, wheel } = stage();
    const event = wheel(keys);
    wheel(keys);
    await nextFrame();
    expect(seen).toEqual(["zoom 0.74 at 40 by 0"]);
    expect(event.defaultPrevented).toBe(true);
  },
);

test("the plain wheel scrolls the page", async () => {
  const { seen, wheel } = stage();
  expect(wheel({ ctrlKey: false, metaKey: false }).defaultPrevented).toBe(false);
  await nextFrame();
  expect(seen).toEqual([]);
});

test("a drag selects a span, in either direction; a click does not", () => {
  const { seen, point } = stage();
  point("pointerdown", 10);
  point("pointermove", 13);
  point("pointerup", 13);
  expect(seen).toEqual(["point 13", "selecting null"]);
  seen.length = 0;
  point("pointerdown", 50);
  point("pointermove", 20);
  point("pointerup", 20);
  expect(seen).toEqual(["point null", "selecting 20,50", "selecting null", "select 20 50"]);
});

test("a cancelled drag selects nothing", () => {
  const { seen, point } = stage();
  point("pointerdown", 50);
  point("pointermove", 20);
  point("pointercancel", 20);
  point("pointerup", 20);
  expect(seen.filter((text) => text.startsWith("select "))).toEqual([]);
});

test("two fingers that part zoom in and move with their middle; one only points", async () => {
  const { seen, point } = stage();
  point("pointerdown", 100, 1, "touch");
  point("pointermove", 110, 1, "touch");
  expect(seen).toEqual(["point 100", "point 110"]);
  point("pointermove", 100, 1, "touch");
  point("pointerdown", 200, 2, "touch");
  point("pointermove", 300, 2, "touch");
  await nextFrame();
  expect(seen.at(-1)).toBe("zoom 0.50 at 200 by 50");
});

test("the reading goes with the mouse, and stays after a tap", () => {
  const { seen, point } = stage();
  point("pointermove", 20);
  point("pointerleave", 20);
  point("pointerdown", 30, 2, "touch");
  point("pointerup", 30, 2, "touch");
  point("pointerleave", 30, 2, "touch");
  expect(seen).toEqual(["point 20", "point null", "point 30"]);
});

test("a double click resets", () => {
  const { host, seen, stop } = stage();
  host.dispatchEvent(new MouseEvent("dblclick"));
  stop();
  host.dispatchEvent(new MouseEvent("dblclick"));
  expect(seen).toEqual(["reset"]);
});
