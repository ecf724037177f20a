/** The account and its forecast, fetched again when an event names a newer version. */
import { useQuery } from "@tanstack/react-query";
import { api } from "./client";
import { askStamped, type Stamped, useIsOutdated, useRefetchWhile } from "./freshness";
import { useLive, useLiveState } from "./LiveContext";
import type { Problem } from "./problem";
import type { Account, AccountHistory, Forecast } from "./types";

const ACCOUNT = ["account"];
const FORECAST = ["forecast"];

/** An account without sources is never asked for. */
function useIsStored(): boolean {
  return useLiveState(({ known }) => (known.versions.account ?? 0) > 0);
}

function useAccountQuery(isStored: boolean) {
  const live = useLive();
  return useQuery<Stamped<Account>, Problem>({
    queryKey: ACCOUNT,
    queryFn: ({ signal }) => askStamped(live, () => api.account(signal)),
    enabled: isStored,
  });
}

/** Whether an account is stored, and neither it nor a failure has arrived yet. */
export function useIsAccountExpected(): boolean {
  const isStored = useIsStored();
  const { data, isError } = useAccountQuery(isStored);
  return isStored && data === undefined && !isError;
}

/** Undefined while no account is known. */
export function useAccount(): Account | undefined {
  const isStored = useIsStored();
  const query = useAccountQuery(isStored);
  const isOlder = useIsOutdated(query.data?.stamp, ["account", "settings"]);
  useRefetchWhile(isStored && isOlder, ACCOUNT, query.refetch);
  return query.data?.answer;
}

/** Undefined without a balance, and until the first answer. */
export function useForecast(hasBalance: boolean): Forecast | undefined {
  const live = useLive();
  const isEnabled = useIsStored() && hasBalance;
  const query = useQuery<Stamped<Forecast>, Problem>({
    queryKey: FORECAST,
    queryFn: ({ signal }) => askStamped(live, () => api.forecast(signal)),
    enabled: isEnabled,
  });
  const isOlder = useIsOutdated(query.data?.stamp, ["account", "settings"]);
  useRefetchWhile(isEnabled && isOlder, FORECAST, query.refetch);
  return query.data?.answer;
}

export function useAccountHistory(hours: number): AccountHistory | undefined {
  const live = useLive();
  const queryKey = ["account-history", hours];
  const query = useQuery<Stamped<AccountHistory>, Problem>({
    queryKey,
    queryFn: ({ signal }) => askStamped(live, () => api.accountHistory({ hours }, signal)),
  });
  const isOlder = useIsOutdated(query.data?.stamp, ["account", "settings"]);
  useRefetchWhile(isOlder, queryKey, query.refetch);
  return query.data?.answer;
}
