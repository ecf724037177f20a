/**
 * Answers that are compared with the newest known versions, and fetched again while they are older.
 */
import { hashKey, type QueryKey, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useLive, useLiveState } from "./LiveContext";
import type { Live } from "./live/Live";
import { Refetching } from "./Refetching";
import { isOutdated, type Stamp, type VersionName, type Versions } from "./versions";

/** An answer with the knowledge of the page when it was requested. */
export interface Stamped<Answer> {
  readonly answer: Answer;
  readonly stamp: Stamp;
}

/** Ask the server, and stamp its answer; one without versions is as new as the time of asking. */
export async function askStamped<Answer extends object>(
  live: Live,
  ask: () => Promise<Answer>,
): Promise<Stamped<Answer>> {
  const askedAt = live.getState().known.step;
  const answer = await ask();
  return { answer, stamp: { askedAt, versions: versionsOf(answer) } };
}

function versionsOf(answer: object & { readonly versions?: Versions }): Versions {
  return answer.versions ?? {};
}

/** Whether an answer is older than the newest known version of the data that it depends on. */
export function useIsOutdated(stamp: Stamp | undefined, names: readonly VersionName[]): boolean {
  return useLiveState(({ known }) => stamp !== undefined && isOutdated(stamp, known, names));
}

/**
 * Fetch again while the answer is outdated. After a failure, try again when something new is known
 * or the connection changes; and also after a while, if the failure may pass or the answer is
 * outdated: the connection may have been back before the failure was final.
 *
 * All of this is observed beside React: no component renders for it.
 */
export function useRefetchWhile(
  isNeeded: boolean,
  queryKey: QueryKey,
  refetch: () => Promise<unknown>,
): void {
  const live = useLive();
  const cache = useQueryClient().getQueryCache();
  const hash = hashKey(queryKey);
  const [refetching] = useState(() => new Refetching(live));
  useEffect(() => {
    const stateOf = () => cache.get(hash)?.state;
    const plan = () => refetching.plan(stateOf, isNeeded, refetch);
    plan();
    const stops = [
      refetching.onOccasion(plan),
      cache.subscribe(({ type, query }) => {
        if (type === "updated" && query.queryHash === hash) plan();
      }),
      () => refetching.stop(),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }, [isNeeded, hash, refetch, cache, refetching]);
}
