/** Rules, channels and episodes of alerts; each is fetched again when any of them has changed. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { alerts } from "./alerts";
import { askStamped, type Stamped, useIsOutdated, useRefetchWhile } from "./freshness";
import { useLive } from "./LiveContext";
import type { Problem } from "./problem";
import type { Versions } from "./versions";

type Ask<Answer> = (signal: AbortSignal) => Promise<Answer>;

const KEY = "alerts";
/** The first answer has as many; more are fetched on demand. */
export const FEW_EPISODES = 20;
export const MANY_EPISODES = 200;

function useAnswer<Answer extends { readonly versions: Versions }>(
  key: readonly (string | number)[],
  ask: Ask<Answer>,
  pollMs: number | false = false,
) {
  const live = useLive();
  const queryKey = [KEY, ...key];
  const query = useQuery<Stamped<Answer>, Problem>({
    queryKey,
    queryFn: ({ signal }) => askStamped(live, () => ask(signal)),
    placeholderData: (before) => before,
    refetchInterval: pollMs,
    refetchIntervalInBackground: true,
  });
  useRefetchWhile(useIsOutdated(query.data?.stamp, ["alerts"]), queryKey, query.refetch);
  return { answer: query.data?.answer, error: query.error };
}

export function useRules() {
  return useAnswer(["rules"], alerts.rules);
}

export function useChannels() {
  return useAnswer(["channels"], alerts.channels);
}

/** Return the newest episodes. `pollMs`: also fetch them at this interval, on a hidden page too. */
export function useEpisodes(limit = FEW_EPISODES, pollMs: number | false = false) {
  return useAnswer(["episodes", limit], (signal) => alerts.episodes(limit, signal), pollMs);
}

/** A command about alerts; rules, channels and episodes are fetched again after it. */
export function useAlertCommand<Input, Answer>(run: (input: Input) => Promise<Answer>) {
  const client = useQueryClient();
  return useMutation<Answer, Problem, Input>({
    mutationFn: run,
    // A channel's secret must not stay in the cache of mutations.
    gcTime: 0,
    onSettled: () => client.invalidateQueries({ queryKey: [KEY] }),
  });
}
