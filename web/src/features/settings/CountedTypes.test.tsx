/** The types of requests that count: those that were seen, and how far the sums have come. */
import { screen, waitFor } from "@testing-library/react";
import { HttpResponse, http } from "msw";
import { expect, test } from "vitest";
import type { Settings } from "@/api/types";
import { settings, status } from "@/test/samples";
import { server } from "@/test/server";
import { showSettings } from "@/test/settings";

const CODEX = { type: "CODEX_USAGE", endpoint: "backend-api/codex/responses" };
const NAME = `${CODEX.type} · ${CODEX.endpoint}`;

function serve() {
  const sent: Partial<Settings>[] = [];
  server.use(
    http.get("*/api/types", () =>
      HttpResponse.json([
        { type: "USAGE", endpoint: "v1/messages", counts: true, requests: 16, credits: 323 },
        { ...CODEX, counts: false, requests: 4, credits: 12 },
      ]),
    ),
    http.patch("/api/settings", async ({ request }) => {
      sent.push((await request.json()) as Partial<Settings>);
      return HttpResponse.json({ ...settings, ...Object.assign({}, ...sent) });
    }),
  );
  return sent;
}

test("a type that was seen is added to the curve; the specified one always counts", async () => {
  const sent = serve();
  const { user } = await showSettings("collecting");
  expect(await screen.findByText("4 requests · 12 credits")).toBeVisible();
  expect(screen.getByRole("switch", { name: "USAGE · v1/messages" })).toBeDisabled();
  await user.click(screen.getByRole("switch", { name: NAME }));
  await waitFor(() => expect(sent).toEqual([{ also_counts: [CODEX] }]));
});

test("while the sums follow a change, the page shows how far they have come", async () => {
  serve();
  const { change } = await showSettings("collecting");
  await screen.findByRole("switch", { name: NAME });
  expect(screen.queryByRole("progressbar")).toBeNull();
  change({ status: { ...status, recount: { done: 42_000, total: 100_000 } } });
  expect(screen.getByText(/Recalculating all totals: 42%/)).toBeVisible();
  expect(screen.getByRole("progressbar", { name: "Recalculating all totals" })).toHaveValue(0.42);
  change({ status });
  expect(screen.queryByRole("progressbar")).toBeNull();
});
