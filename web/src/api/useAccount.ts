/** The account and its forecast, fetched again when an event names a newer version. */
import { type QueryClient, useQuery } from "@tanstack/react-query";
import { api } from "./client";
import type { FirstState } from "./firstAnswers";
import { askStamped, type Stamped, useIsOutdated, useRefetchWhile } from "./freshness";
import { useLive, useLiveState } from "./LiveContext";
import type { Live } from "./live/Live";
import type { Problem } from "./problem";
import type { Account, AccountHistory, Forecast } from "./types";
import type { Versions } from "./versions";

const ACCOUNT = ["account"];
const FORECAST = ["forecast"];

/** An account without sources is never asked for. */
function isStoredBy({ account = 0 }: Versions): boolean {
  return account > 0;
}

function useIsStored(): boolean {
  return useLiveState(({ known }) => isStoredBy(known.versions));
}

function accountQuery(live: Live) {
  return {
    queryKey: ACCOUNT,
    queryFn: ({ signal }: { readonly signal: AbortSignal }) =>
      askStamped(live, () => api.account(signal)),
  };
}

/** Fetch the account before the page is rendered. */
export async function prefetchAccount(
  live: Live,
  queryClient: QueryClient,
  state: Promise<FirstState>,
): Promise<void> {
  const [status] = (await state) ?? [];
  if (status && isStoredBy(status.versions)) await queryClient.prefetchQuery(accountQuery(live));
}

function useAccountQuery(isStored: boolean) {
  const live = useLive();
  return useQuery<Stamped<Account>, Problem>({ ...accountQuery(live), enabled: isStored });
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
