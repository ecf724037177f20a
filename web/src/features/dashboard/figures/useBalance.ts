/** The account's balance and when it runs out. */
import { useEffect } from "react";
import type { Account, Forecast } from "@/api/types";
import { useAccount, useForecast, useIsAccountExpected } from "@/api/useAccount";
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
  const account = useAccount();
  const isExpected = useIsAccountExpected();
  const isAnswered = account !== undefined;
  const amount = account?.balance ?? null;
  const forecast = useForecast(amount !== null);
  useEffect(() => {
    if (isAnswered) writeStored(STORED, amount === null ? NONE : "");
  }, [isAnswered, amount]);
  if (!account) return isExpected && readStored(STORED) !== NONE ? undefined : null;
  return amount === null ? null : { account, amount: Number(amount), forecast };
}
