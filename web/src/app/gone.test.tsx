/** The page while its server is gone: no control that needs it, and how to start it. */
import { act, screen, waitFor, within } from "@testing-library/react";
import { HttpResponse, http } from "msw";
import { beforeEach, expect, test, vi } from "vitest";
import { changeAddress } from "@/hooks/useAddress";
import { show, showPage } from "@/test/render";
import { noRecords, SAMPLE_NOW, usage } from "@/test/samples";
import { server } from "@/test/server";
import { EarlyServerNotice } from "./notices/EarlyServerNotice";

beforeEach(() => {
  vi.useFakeTimers({ now: SAMPLE_NOW, shouldAdvanceTime: true });
  server.use(
    http.get("*/api/usage", () => HttpResponse.json(usage)),
    http.get("*/api/records", () => HttpResponse.json(noRecords)),
  );
});

/** Lose the server; after some seconds it counts as gone. */
async function lose(stage: Pick<ReturnType<typeof show>, "stream">): Promise<void> {
  await stage.stream.greet(20);
  stage.stream.status = 0;
  await stage.stream.end();
  await act(() => vi.advanceTimersByTimeAsync(10_000));
}

const ranges = () => within(screen.getByRole("radiogroup", { name: "Range" }));

test("ranges cannot be chosen, by keys neither, and views can", async () => {
  const stage = showPage();
  await screen.findByRole("radiogroup", { name: "Range" });
  await stage.user.keyboard("2");
  await waitFor(() => expect(window.location.search).toBe("?range=2h"));
  await lose(stage);
  for (const range of ranges().getAllByRole("radio")) expect(range).toBeDisabled();
  expect(screen.getByRole("button", { name: /^Custom and more ranges/ })).toBeDisabled();
  await stage.user.keyboard("3");
  expect(window.location.search).toBe("?range=2h");
  expect(screen.getByRole("radio", { name: "Cumulative" })).toBeEnabled();
});

test("settings cannot be changed", async () => {
  changeAddress({ settings: "general" });
  const stage = showPage();
  const theme = await screen.findByRole("radiogroup", { name: "Theme" });
  expect(within(theme).getByRole("radio", { name: "Dark" })).toBeEnabled();
  await lose(stage);
  expect(within(theme).getByRole("radio", { name: "Dark" })).toBeDisabled();
  expect(screen.getByRole("combobox", { name: "Default range" })).toBeDisabled();
});

test("until the notices have loaded, a plain one says how to start the server", async () => {
  const stage = show(<EarlyServerNotice />);
  expect(screen.queryByRole("status")).toBeNull();
  await lose(stage);
  await waitFor(() =>
    expect(screen.getByRole("status")).toHaveTextContent(
      /not respondingStart it in a terminal:creditcurve serveReconnect/,
    ),
  );
});
