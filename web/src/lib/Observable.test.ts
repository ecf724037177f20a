import { expect, test } from "vitest";
import { Observable } from "./Observable";

test("listeners are called after each change, until they leave", () => {
  const observable = new Observable(1);
  const seen: number[] = [];
  const leave = observable.subscribe(() => seen.push(observable.get()));
  observable.set(2);
  observable.set(3);
  leave();
  observable.set(4);
  expect(seen).toEqual([2, 3]);
  expect(observable.get()).toBe(4);
});

test("a listener that leaves during a change does not keep others from hearing of it", () => {
  const observable = new Observable("before");
  const leave = observable.subscribe(() => leave());
  let heard = 0;
  observable.subscribe(() => {
    heard += 1;
  });
  observable.set("after");
  expect(heard).toBe(1);
});
