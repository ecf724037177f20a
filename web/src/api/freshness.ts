/**
 * Answers that are compared with the newest known versions, and fetched again while they are older.
 */
import { useEffect, useRef } from "react";
import { useLiveState } from "./LiveContext";
import type { Live } from "./live/Live";
import { isPassing } from "./problem";
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
  readonly error: unknown;
  /** By the browser's clock, in milliseconds since 1970. */
  readonly dataUpdatedAt: number;
  readonly refetch: () => Promise<unknown>;
}

/** Data that changes with every event is not fetched more often than this. */
const SPACING_MS = 400;
const FIRST_RETRY_MS = 2_000;
const MAX_RETRY_MS = 30_000;

interface Tries {
  /** At which the last try was made; null without a failure. */
  readonly occasion: string | null;
  readonly count: number;
}

const NO_TRIES: Tries = { occasion: null, count: 0 };

/**
 * Fetch again while the answer is outdated. After a failure, try again when something new is known
 * or the connection changes; and also after a while, if the failure may pass or the answer is
 * outdated: the connection may have been back before the failure was final.
 */
export function useRefetchWhile(isNeeded: boolean, query: Refetchable): void {
  const { isFetching, isError, error, dataUpdatedAt, refetch } = query;
  const occasion = useLiveState(({ known, connection }) => `${known.step} ${connection}`);
  const tries = useRef(NO_TRIES);
  useEffect(() => {
    if (isFetching) return;
    const { occasion: triedOn, count } = isError ? tries.current : NO_TRIES;
    tries.current = { occasion: isError ? (triedOn ?? occasion) : null, count };
    const isNewOccasion = isError && tries.current.occasion !== occasion;
    if (!isNeeded && !isNewOccasion && !isPassing(error)) return;
    const spacing = SPACING_MS - (Date.now() - dataUpdatedAt);
    const spaced = Math.min(Math.max(spacing, 0), SPACING_MS);
    const timer = setTimeout(
      () => {
        tries.current = { occasion, count: isNewOccasion ? 0 : count + 1 };
        void refetch();
      },
      isError && !isNewOccasion ? retryMs(count) : spaced,
    );
    return () => clearTimeout(timer);
  }, [isNeeded, isFetching, isError, error, dataUpdatedAt, refetch, occasion]);
}

function retryMs(count: number): number {
  return Math.min(FIRST_RETRY_MS * 2 ** count, MAX_RETRY_MS);
}
