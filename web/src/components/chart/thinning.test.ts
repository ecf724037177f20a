import { expect, test } from "vitest";
import { marksOf } from "./bursts";

const WIDTH_PX = 1_000;
const HEIGHT_PX = 300;
const MOST = 200;
const HOUR_MS = 3_600_000;

/** Requests at equal distances within an hour. */
function drawn(count: number) {
  const t = Array.from({ length: count }, (_, at) => Math.floor((at * HOUR_MS) / count));
  const v = t.map((_, at) => (at * 31) % MOST);
  const scale = {
    x: (ms: number) => (ms / HOUR_MS) * WIDTH_PX,
    y: (value: number) => (value / MOST) * HEIGHT_PX,
    cellPx: 3,
  };
  const { lines, dots, crowd, lone } = marksOf({ t, v }, { from: 0, to: HOUR_MS }, [], scale);
  return { line: lines.length / 2, dots: (dots.length + crowd.length + lone.length) / 2 };
}

test("the plot bounds what is drawn: ten times as many requests cost no more marks", () => {
  const columns = WIDTH_PX / 3 + 1;
  const cells = columns * (HEIGHT_PX / 3 + 1);
  for (const count of [1_000, 10_000, 100_000]) {
    const { line, dots } = drawn(count);
    expect(line, `${count} requests`).toBeLessThanOrEqual(4 * columns + 1);
    expect(dots, `${count} requests`).toBeLessThanOrEqual(Math.min(count + 1, cells));
  }
});
