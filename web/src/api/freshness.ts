/**
 * Answers that are compared with the newest known versions, and fetched again while they are older.
 */
import { useEffect, useRef } from "react";
import { useLiveState } from "./LiveContext";
import type { Live } from "./live/Live";
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

/** Of the query whose answer may be outdated. */
interface Refetchable {
  readonly isFetching: boolean;
  readonly isError: boolean;
  /** By the browser's clock, in milliseconds since 1970. */
  readonly dataUpdatedAt: number;
  readonly refetch: () => Promise<unknown>;
}

/** Data that changes with every event is not fetched more often than this. */
const SPACING_MS = 400;
const RETRY_MS = 2_000;

/**
 * Fetch again while the answer is outdated. After a failure, try again when something new is known
 * or the connection changes; an outdated answer is also tried again after a while.
 */
export function useRefetchWhile(isNeeded: boolean, query: Refetchable): void {
  const { isFetching, isError, dataUpdatedAt, refetch } = query;
  const occasion = useLiveState(({ known, connection }) => `${known.step} ${connection}`);
  const triedOn = useRef<string | null>(null);
  useEffect(() => {
    if (isFetching) return;
    if (!isError) triedOn.current = null;
    else triedOn.current ??= occasion;
    const isNewOccasion = isError && triedOn.current !== occasion;
    if (!isNeeded && !isNewOccasion) return;
    const spacing = SPACING_MS - (Date.now() - dataUpdatedAt);
    const wait = isError && !isNewOccasion ? RETRY_MS : Math.min(Math.max(spacing, 0), SPACING_MS);
    const timer = setTimeout(() => {
      triedOn.current = occasion;
      void refetch();
    }, wait);
    return () => clearTimeout(timer);
  }, [isNeeded, isFetching, isError, dataUpdatedAt, refetch, occasion]);
}
