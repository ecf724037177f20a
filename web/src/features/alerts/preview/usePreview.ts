import { skipToken, useQuery } from "@tanstack/react-query";
import { alerts, type Preview, type Rule } from "@/api/alerts";
import { useSettings } from "@/api/LiveContext";
import type { Problem } from "@/api/problem";
import { HOUR_MS } from "@/lib/time";

/** The episodes that a rule would have reported; requested again when the rule or the messages' texts change. */
export function usePreview(rule: Rule | undefined) {
  const { locale, page_url } = useSettings() ?? {};
  return useQuery<Preview, Problem>({
    queryKey: ["alerts", "preview", rule?.id, JSON.stringify(rule), locale, page_url],
    queryFn: rule ? ({ signal }) => alerts.preview(rule.id, signal) : skipToken,
    placeholderData: (before, query) => (query?.queryKey[2] === rule?.id ? before : undefined),
    staleTime: HOUR_MS,
  });
}
