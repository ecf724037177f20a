import { expect, test } from "vitest";
import { keptZoom, LEAST_MS, zoomed, zoomOf } from "./zoom";

const window = { from: 0, to: 1_000_000 };

test("zooming keeps the instant under the pointer in its place", () => {
  const zoom = zoomed(window, window, 0.5, 250_000);
  expect(zoom).toEqual({ from: 125_000, to: 625_000 });
});

test("a zoom stays within the window, and all of it is no zoom", () => {
  expect(zoomOf({ from: -50_000, to: 100_000 }, window)).toEqual({ from: 0, to: 150_000 });
  expect(zoomOf({ from: -1, to: 2_000_000 }, window)).toBeNull();
  expect(zoomed({ from: 0, to: 600_000 }, window, 2, 300_000)).toBeNull();
});

test("a zoom has a least length", () => {
  const zoom = zoomOf({ from: 500_000, to: 500_001 }, window);
  expect((zoom?.to ?? 0) - (zoom?.from ?? 0)).toBe(LEAST_MS);
});

test("a zoom ends where the window has moved past it", () => {
  const zoom = { from: 100_000, to: 200_000 };
  expect(keptZoom(zoom, { from: 150_000, to: 1_150_000 })).toEqual({ from: 150_000, to: 200_000 });
  expect(keptZoom(zoom, { from: 300_000, to: 1_300_000 })).toBeNull();
});
