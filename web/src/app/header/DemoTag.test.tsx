import { screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { show } from "@/test/render";
import { settings, status } from "@/test/samples";
import { DemoTag } from "./DemoTag";

test.each([
  ["en", /^Demo.*Made-up data/],
  ["zh-CN", /^演示.*模拟/],
] as const)("the demo says in %s that its data is made up", (locale, name) => {
  show(<DemoTag />, { status: { ...status, demo: true }, settings: { ...settings, locale } });
  expect(screen.getByRole("button", { name })).toBeVisible();
});

test("a demo below the user's own page leads back there", () => {
  show(<DemoTag />, { status: { ...status, demo: true, hosted_demo: true } });
  const link = screen.getByRole("link", { name: /^Demo · Leave the demo\. Made-up data/ });
  expect(link).toHaveAttribute("href", "../");
});

test("outside the demo nothing is shown", () => {
  show(<DemoTag />);
  expect(screen.queryByRole("button")).toBeNull();
});
