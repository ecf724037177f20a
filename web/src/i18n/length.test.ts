import { expect, test } from "vitest";
import { lengthText } from "./length";

test.each([
  [0, "0 s", "0 秒"],
  [12_400, "12 s", "12 秒"],
  [899_000, "14 min 59 s", "14 分 59 秒"],
  [900_000, "15 min", "15 分钟"],
  [3_900_000, "1 h 5 min", "1 小时 5 分钟"],
  [86_400_000, "24 h", "24 小时"],
  [3 * 86_400_000, "3 d", "3 天"],
  [180_000_000, "2 d 2 h", "2 天 2 小时"],
])("%d ms reads %s", (ms, english, chinese) => {
  expect(lengthText(ms, "en")).toBe(english);
  expect(lengthText(ms, "zh-CN")).toBe(chinese);
});
