/** The account's balance and when it runs out. */
import { useQuery } from "@tanstack/react-query";
import { api } from "@/api/client";
import { askStamped, type Stamped, useIsOutdated, useRefetchWhile } from "@/api/freshness";
import { useLive, useLiveState } from "@/api/LiveContext";
import type { Problem } from "@/api/problem";
import type { Account, Forecast } from "@/api/types";

export interface Balance {
  readonly account: Account;
  readonly amount: number;
  /** Undefined until the first answer. */
  readonly forecast: Forecast | undefined;
}

/** Null while no balance is known; an account without these sources is never asked for. */
export function useBalance(): Balance | null {
  const live = useLive();
  const isStored = useLiveState(({ known }) => (known.versions.account ?? 0) > 0);
  const account = useQuery<Stamped<Account>, Problem>({
    queryKey: ["account"],
    queryFn: ({ signal }) => askStamped(live, () => api.account(signal)),
    enabled: isStored,
  });
  const isAccountOlder = useIsOutdated(account.data?.stamp, ["account", "settings"]);
  useRefetchWhile(isStored && isAccountOlder, account);
  const amount = account.data?.answer.balance ?? null;
  const isForecast = isStored && amount !== null;
  const forecast = useQuery<Stamped<Forecast>, Problem>({
    queryKey: ["forecast"],
    queryFn: ({ signal }) => askStamped(live, () => api.forecast(signal)),
    enabled: isForecast,
  });
  const isForecastOlder = useIsOutdated(forecast.data?.stamp, ["account", "settings"]);
  useRefetchWhile(isForecast && isForecastOlder, forecast);
  if (!account.data || amount === null) return null;
  return {
    account: account.data.answer,
    amount: Number(amount),
    forecast: forecast.data?.answer,
  };
}
