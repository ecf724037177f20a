/** Amounts in the unit of the account: credits, or yuan, which the server counts in thousandths. */
import { useQuery } from "@tanstack/react-query";
import { api } from "@/api/client";
import { askStamped, type Stamped } from "@/api/freshness";
import { useLive, useLiveState } from "@/api/LiveContext";
import type { Problem } from "@/api/problem";
import type { Account } from "@/api/types";
import type { Format } from "@/i18n";
import type { AlertTexts } from "./texts";

export type Unit = Account["unit"];

const PER_YUAN = 1_000;

/** Return the unit of the settings; `auto` is the account's, credits while that is unknown. */
export function useUnit(): Unit {
  const live = useLive();
  const chosen = useLiveState(({ settings }) => settings?.unit ?? "auto");
  const isStored = useLiveState(({ known }) => (known.versions.account ?? 0) > 0);
  const { data } = useQuery<Stamped<Account>, Problem>({
    queryKey: ["account"],
    queryFn: ({ signal }) => askStamped(live, () => api.account(signal)),
    enabled: chosen === "auto" && isStored,
  });
  return chosen === "auto" ? (data?.answer.unit ?? "credits") : chosen;
}

export function amountText(amount: number, unit: Unit, texts: AlertTexts, format: Format): string {
  if (unit === "yuan") return `¥${format.number(amount / PER_YUAN)}`;
  return texts.values.credits(format.number(amount));
}
