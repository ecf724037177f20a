import { expect, test } from "vitest";
import { listenTo } from "./gestures";

function stage() {
  const host = document.createElement("div");
  document.body.append(host);
  const seen: string[] = [];
  const stop = listenTo(host, {
    onZoom: (factor, x) => seen.push(`zoom ${factor.toFixed(2)} at ${x}`),
    onPan: (dx) => seen.push(`pan ${dx}`),
    onReset: () => seen.push("reset"),
  });
  const point = (type: string, clientX: number, pointerId = 1) =>
    host.dispatchEvent(new PointerEvent(type, { clientX, pointerId, button: 0, bubbles: true }));
  return { host, seen, stop, point };
}

test("the wheel zooms around the pointer and does not scroll the page", () => {
  const { host, seen } = stage();
  const event = new WheelEvent("wheel", { deltaY: -100, cancelable: true });
  Object.defineProperty(event, "clientX", { value: 40 }); // happy-dom leaves it out
  host.dispatchEvent(event);
  expect(seen).toEqual(["zoom 0.86 at 40"]);
  expect(event.defaultPrevented).toBe(true);
});

test("dragging pans, a click does not", () => {
  const { seen, point } = stage();
  point("pointerdown", 10);
  point("pointerup", 10);
  point("pointermove", 30);
  expect(seen).toEqual([]);
  point("pointerdown", 10);
  point("pointermove", 18);
  point("pointermove", 13);
  point("pointerup", 13);
  expect(seen).toEqual(["pan 8", "pan -5"]);
});

test("two fingers that part zoom in around their middle", () => {
  const { seen, point } = stage();
  point("pointerdown", 100, 1);
  point("pointerdown", 200, 2);
  point("pointermove", 300, 2);
  expect(seen).toEqual(["zoom 0.50 at 200"]);
});

test("a double click shows all again", () => {
  const { host, seen, stop } = stage();
  host.dispatchEvent(new MouseEvent("dblclick"));
  stop();
  host.dispatchEvent(new MouseEvent("dblclick"));
  expect(seen).toEqual(["reset"]);
});
