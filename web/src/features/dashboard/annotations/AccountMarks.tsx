/** Top-ups, resets and plan changes of the account, marked on the curve. */
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { api } from "@/api/client";
import { askStamped, type Stamped, useIsOutdated, useRefetchWhile } from "@/api/freshness";
import { useLive } from "@/api/LiveContext";
import type { Problem } from "@/api/problem";
import type { AccountHistory } from "@/api/types";
import { Annotations } from "@/components/chart/Annotations";
import { useFormat } from "@/i18n";
import { type Range, rangeKey } from "@/lib/range";
import { marksOf } from "./marks";
import { useAnnotationTexts } from "./texts";

export function AccountMarks({ range }: { readonly range: Range }) {
  const texts = useAnnotationTexts();
  const format = useFormat();
  const history = useHistory(range);
  const marks = useMemo(
    () => (history ? marksOf(history, texts.events, format) : []),
    [history, texts, format],
  );
  return <Annotations marks={marks} />;
}

function useHistory(range: Range): AccountHistory | undefined {
  const live = useLive();
  const queryKey = ["account-history", rangeKey(range)];
  const query = useQuery<Stamped<AccountHistory>, Problem>({
    queryKey,
    queryFn: ({ signal }) => askStamped(live, () => api.accountHistory(queryOf(range), signal)),
  });
  const isOlder = useIsOutdated(query.data?.stamp, ["account", "settings"]);
  useRefetchWhile(isOlder, queryKey, query.refetch);
  return query.data?.answer;
}

function queryOf(range: Range) {
  return range.kind === "last"
    ? { hours: range.hours }
    : { from: String(range.from), to: String(range.to) };
}
