import { HttpResponse, http } from "msw";
import { expect, test } from "vitest";
import { makeQueryClient } from "@/app/queryClient";
import { makeLive } from "@/test/render";
import { settings, status } from "@/test/samples";
import { server } from "@/test/server";
import type { FirstState } from "./firstAnswers";
import { prefetchAccount } from "./useAccount";

/** Return what is asked of a server with a version of the account, and the answers that are kept. */
async function prefetched(state: FirstState) {
  let asked = 0;
  server.use(
    http.get("*/api/account", () => {
      asked += 1;
      return HttpResponse.json({ balance: 980, versions: { account: 3, settings: 1 } });
    }),
  );
  const queryClient = makeQueryClient(0);
  await prefetchAccount(makeLive().live, queryClient, Promise.resolve(state));
  return { asked, kept: queryClient.getQueryData(["account"]) };
}

function withAccount(account: number): FirstState {
  return [{ ...status, versions: { ...status.versions, account } }, settings];
}

test("an account is fetched before the page is rendered", async () => {
  expect(await prefetched(withAccount(3))).toMatchObject({
    asked: 1,
    kept: { answer: { balance: 980 }, stamp: { versions: { account: 3 } } },
  });
});

test("without sources, or a state, no account is asked for", async () => {
  expect(await prefetched(withAccount(0))).toEqual({ asked: 0, kept: undefined });
  expect(await prefetched(null)).toEqual({ asked: 0, kept: undefined });
});
