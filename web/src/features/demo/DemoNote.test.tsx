import { screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { show } from "@/test/render";
import { settings, status } from "@/test/samples";
import { DemoNote } from "./DemoNote";

test("the demo says that it is one, and that its data is made up", () => {
  show(<DemoNote />, { status: { ...status, demo: true } });
  expect(screen.getByRole("status")).toHaveTextContent(/Demo.*Made-up data/);
});

test("it says so in Chinese, too", () => {
  show(<DemoNote />, {
    status: { ...status, demo: true },
    settings: { ...settings, locale: "zh-CN" },
  });
  expect(screen.getByRole("status")).toHaveTextContent(/演示.*模拟/);
});

test("outside the demo nothing is said", () => {
  show(<DemoNote />);
  expect(screen.queryByRole("status")).toBeNull();
});
