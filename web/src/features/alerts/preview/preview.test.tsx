/** The preview of a rule: its message in the settings, and its episodes on the curve. */
import { screen, waitFor, within } from "@testing-library/react";
import { HttpResponse, http } from "msw";
import { beforeEach, expect, test } from "vitest";
import type { Preview, Rule } from "@/api/alerts";
import { SceneContext } from "@/components/chart/SceneContext";
import { sceneOf } from "@/components/chart/scene";
import { changeAddress } from "@/hooks/useAddress";
import { parseAddress } from "@/lib/address";
import { chartOf, inputOf, NOW } from "@/test/chartSamples";
import { show } from "@/test/render";
import { settings, usage } from "@/test/samples";
import { server } from "@/test/server";
import { AlertSettings } from "../AlertSettings";
import { EpisodeSpans } from "../EpisodeSpans";

const MINUTE = 60_000;
const iso = (t: number) => new Date(t).toISOString();

const spend: Rule = {
  id: "r1",
  kind: "spend",
  enabled: true,
  channels: [],
  window_s: 3_600,
  above: 100,
  model: null,
  api_key: null,
  times_usual: null,
  below: null,
  within_h: null,
  from: null,
  to: null,
  minutes: null,
  for_s: 0,
  recover_at: null,
  repeat_s: null,
  urgent: false,
};
const silence: Rule = {
  ...spend,
  id: "r2",
  kind: "silence",
  window_s: null,
  above: null,
  minutes: 30,
};

const pastOf = (from: number, until: number | null, peak: number) => ({
  from: iso(from),
  until: until === null ? null : iso(until),
  value: 0,
  peak,
  subject: null,
});
const ofSpend: Preview = {
  from: iso(NOW - 720 * 60 * MINUTE),
  to: iso(NOW),
  count: 2,
  episodes: [
    pastOf(NOW - 50 * MINUTE, NOW - 40 * MINUTE, 150),
    pastOf(NOW - 10 * MINUTE, null, 320),
  ],
  complete: true,
  message: {
    title: "Spend above the limit",
    text: "Within 1 h\n320 credits",
    link: "http://page.test/?from=1",
    example: false,
  },
};
const ofSilence: Preview = {
  ...ofSpend,
  count: 0,
  episodes: [],
  message: {
    title: "No data from the site",
    text: "No data for 30 min",
    link: null,
    example: true,
  },
};

beforeEach(() => {
  const versions = { alerts: 1 };
  server.use(
    http.get("*/api/alerts/rules", () => HttpResponse.json({ rules: [spend, silence], versions })),
    http.get("*/api/alerts/channels", () => HttpResponse.json({ channels: [], versions })),
    http.get("*/api/usage", () => HttpResponse.json(usage)),
    http.get("*/api/alerts/rules/r1/preview", () => HttpResponse.json(ofSpend)),
    http.get("*/api/alerts/rules/r2/preview", () => HttpResponse.json(ofSilence)),
  );
});

test("the settings show the message of the rule that was opened last", async () => {
  const { user } = show(<AlertSettings settings={settings} />);
  const card = await screen.findByRole("region", { name: "Message preview" });
  expect(await within(card).findByText("Spend above the limit", { selector: "p" })).toBeVisible();
  expect(card).toHaveTextContent("Within 1 h 320 credits");
  expect(within(card).getByRole("link")).toHaveAttribute("href", "http://page.test/?from=1");
  await user.click(screen.getByRole("button", { name: "Details: No data from the site" }));
  expect(await within(card).findByText("No data for 30 min")).toBeVisible();
  expect(card).toHaveTextContent("An example");
});

test("a preview opens the curve at the range of its episodes", async () => {
  const { user } = show(<AlertSettings settings={settings} />);
  await user.click(await screen.findByRole("button", { name: "Details: Spend above a limit" }));
  await user.click(await screen.findByRole("button", { name: "Show on curve" }));
  const { preview, range, view, settings: section } = parseAddress(window.location.search);
  expect({ preview, view, section }).toEqual({ preview: "r1", view: "interval", section: null });
  expect(range).toEqual({ kind: "span", from: NOW - 110 * MINUTE, to: NOW });
});

test("its episodes are dashed spans on the curve, until the preview is left", async () => {
  changeAddress({ preview: "r1" });
  const { user } = show(
    <SceneContext value={sceneOf(inputOf(chartOf()))}>
      <EpisodeSpans />
    </SceneContext>,
  );
  const spans = await screen.findAllByTestId("chart-span");
  expect(spans.map((span) => span.textContent)).toEqual(["150 credits", "320 credits"]);
  for (const span of spans) expect(span).toHaveClass("border-dashed");
  await user.click(
    screen.getByRole("button", { name: /Preview: Spend above the limit · 2 times/ }),
  );
  expect(window.location.search).not.toContain("preview");
  await waitFor(() => expect(screen.queryByTestId("chart-span")).toBeNull());
});

test("the episodes that were stay on the curve while a rule is previewed", async () => {
  const past = {
    id: "7",
    rule: "r9",
    kind: "spend",
    state: "over",
    since: iso(NOW - 30 * MINUTE),
    until: iso(NOW - 25 * MINUTE),
    value: 0,
    peak: 700,
    subject: null,
    messages: [],
    snoozed_until: null,
  };
  server.use(
    http.get("*/api/alerts/episodes", () =>
      HttpResponse.json({ episodes: [past], next: null, versions: { alerts: 1 } }),
    ),
  );
  changeAddress({ preview: "r1" });
  show(
    <SceneContext value={sceneOf(inputOf(chartOf()))}>
      <EpisodeSpans />
    </SceneContext>,
  );
  await waitFor(() => expect(screen.getAllByTestId("chart-span")).toHaveLength(3));
  const spans = screen.getAllByTestId("chart-span");
  const dashed = spans.filter((span) => span.classList.contains("border-dashed"));
  expect(dashed.map((span) => span.textContent)).toEqual(["150 credits", "320 credits"]);
  expect(screen.getByText(/^Spend above the limit · 700 credits/)).toBeInTheDocument();
});
