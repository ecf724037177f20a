/** A crashed part of the page offers a report, which is safe to publish. */
import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { expect, test, vi } from "vitest";
import { show } from "@/test/render";
import { settings } from "@/test/samples";
import { server } from "@/test/server";
import { CrashGuard } from "../CrashGuard";

function Failing(): never {
  throw new TypeError("failed");
}

function showCrash(locale: "en" | "zh-CN") {
  const reported = vi.spyOn(globalThis.console, "error").mockImplementation(() => undefined);
  show(
    <CrashGuard>
      <Failing />
    </CrashGuard>,
    { settings: { ...settings, locale } },
  );
  reported.mockClear(); // React reports the crash there
}

test("the report has the error and the server's own report", async () => {
  const user = userEvent.setup();
  server.use(http.get("*/api/diagnostics", () => HttpResponse.json({ version: "9.8.7" })));
  showCrash("en");
  await user.click(await screen.findByRole("button", { name: "Copy report" }));
  expect(await screen.findByText("Copied")).toBeVisible();
  const report = JSON.parse(await navigator.clipboard.readText());
  expect(report.page.error).toContain("TypeError: failed");
  expect(report.server).toEqual({ version: "9.8.7" });
});

test("without an answer of the server the report has the error", async () => {
  const user = userEvent.setup();
  server.use(http.get("*/api/diagnostics", () => HttpResponse.error()));
  showCrash("zh-CN");
  await user.click(await screen.findByRole("button", { name: "复制诊断报告" }));
  expect(await screen.findByText("已复制")).toBeVisible();
  expect(JSON.parse(await navigator.clipboard.readText()).server).toBeNull();
  expect(screen.getByText("creditcurve doctor --bundle")).toBeVisible();
});
