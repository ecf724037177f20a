/** An account that is charged in yuan: the server counts thousandths, the page shows ¥ everywhere. */
import { screen, waitFor, within } from "@testing-library/react";
import { HttpResponse, http } from "msw";
import { beforeEach, expect, test, vi } from "vitest";
import { showPage } from "@/test/render";
import { noRecords, SAMPLE_NOW, status, usage } from "@/test/samples";
import { server } from "@/test/server";

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"], now: SAMPLE_NOW });
  server.use(
    http.get("*/api/usage", () => HttpResponse.json({ ...usage, unit: "yuan" })),
    http.get("*/api/records", () => HttpResponse.json(noRecords)),
  );
});

test("figures, headline, table and summary are in yuan, and no amount is called credits", async () => {
  showPage({ status: { ...status, unit: "yuan" } });
  const summary = await screen.findByTestId("curve-summary");
  expect(summary).toHaveTextContent("16 requests, ¥0.334, last");
  expect(screen.getByTestId("figure-credits")).toHaveTextContent(/^¥0.334$/);
  expect(screen.getByTestId("figure-last")).toHaveTextContent(/^¥0.009$/);
  const table = within(await screen.findByTestId("models"));
  expect(table.getByRole("button", { name: "Spend" })).toBeVisible();
  expect(table.getByText("¥0.334")).toBeVisible();
  expect(screen.queryByText(/credits/i)).toBeNull();
});

test("another page's change of the unit is shown at once", async () => {
  const { change } = showPage({ status: { ...status, unit: "yuan" } });
  await screen.findByTestId("curve-summary");
  await waitFor(() => expect(screen.getByTestId("figure-credits")).toHaveTextContent("¥0.334"));
  change({ status });
  expect(screen.getByTestId("figure-credits")).toHaveTextContent(/^334$/);
});
