import { HttpResponse, http } from "msw";
import { expect, test } from "vitest";
import { makeLive } from "@/test/render";
import { settings, status } from "@/test/samples";
import { server } from "@/test/server";
import { applyFirstAnswers } from "./firstAnswers";

const NEVER = new Promise<void>(() => undefined);

function answerWith(statusAnswer: () => Response) {
  server.use(
    http.get("*/api/status", statusAnswer),
    http.get("*/api/settings", () => HttpResponse.json(settings)),
  );
}

test("the state is known before the stream has opened", async () => {
  answerWith(() => HttpResponse.json(status));
  const { live } = makeLive();
  expect(await applyFirstAnswers(live, async () => undefined)).toBe(true);
  expect(live.getState()).toMatchObject({ connection: "connecting", status, settings });
});

test("a curve that takes long does not keep the state away", async () => {
  answerWith(() => HttpResponse.json(status));
  const { live } = makeLive();
  await applyFirstAnswers(live, () => NEVER);
  expect(live.getState().status).toEqual(status);
});

test("what fails is left to the stream", async () => {
  answerWith(() => HttpResponse.error());
  const { live, stream } = makeLive();
  expect(await applyFirstAnswers(live, async () => undefined)).toBe(false);
  expect(live.getState().status).toBeNull();
  live.start();
  stream.emit({ type: "status", status });
  expect(live.getState().status).toEqual(status);
});
