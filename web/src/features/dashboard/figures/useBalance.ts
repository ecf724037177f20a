/** The account's balance and when it runs out. */
import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { api } from "@/api/client";
import { askStamped, type Stamped, useIsOutdated, useRefetchWhile } from "@/api/freshness";
import { useLive, useLiveState } from "@/api/LiveContext";
import type { Problem } from "@/api/problem";
import type { Account, Forecast } from "@/api/types";
import { readStored, writeStored } from "@/lib/platform/storage";

export interface Balance {
  readonly account: Account;
  readonly amount: number;
  /** Undefined until the first answer. */
  readonly forecast: Forecast | undefined;
}

/** Remembers that this site reports no balance: then no place is kept for it at the next visit. */
const STORED = "balance";
const NONE = "none";

/** Null: none is known; undefined: one is expected. An account without sources is never asked for. */
export function useBalance(): Balance | null | undefined {
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
  const isAnswered = account.data !== undefined;
  useEffect(() => {
    if (isAnswered) writeStored(STORED, amount === null ? NONE : "");
  }, [isAnswered, amount]);
  if (!account.data) {
    return isStored && !account.isError && readStored(STORED) !== NONE ? undefined : null;
  }
  if (amount === null) return null;
  return {
    account: account.data.answer,
    amount: Number(amount),
    forecast: forecast.data?.answer,
  };
}
