import { Check, RefreshCw } from "lucide-react";
import { useEffect, useState } from "react";
import { useRefresh } from "@/api/commands";
import type { Problem } from "@/api/problem";
import { useIsServerGone } from "@/api/useIsServerGone";
import { Button } from "@/components/ui/Button";
import { changeAddress } from "@/hooks/useAddress";
import { type Messages, useMessages } from "@/i18n";
import { problemText } from "@/i18n/problemText";
import { cn } from "@/lib/cn";
import { toast } from "@/lib/toast";

const OUTCOME_MS = 4_000;
const COOKIE_CODES = ["no_cookie", "cookie_invalid"];

/** Query the site now; show the outcome for a moment. */
export function RefreshButton() {
  const messages = useMessages();
  const { dashboard } = messages;
  const { outcome, isPending, refresh } = useOutcome((problem) => {
    if (COOKIE_CODES.includes(problem.code)) changeAddress({ dialog: "cookie" });
    else if (!hasNotice(problem)) {
      toast.error(dashboard.refreshFailed(problemText(messages, problem)));
    }
  });
  const isGone = useIsServerGone();
  const said = outcome === null ? null : dashboard.refreshed(outcome);
  const Icon = said === null ? RefreshCw : Check;
  return (
    <>
      <Button
        onClick={refresh}
        data-shortcut="refresh"
        disabled={isGone}
        aria-disabled={isPending}
        aria-label={buttonName(dashboard, isPending, said)}
        className="min-w-8 sm:min-w-24 max-sm:pointer-coarse:min-w-11"
      >
        <Icon
          size={14}
          aria-hidden="true"
          className={cn(isPending && "animate-spin", said !== null && "text-good")}
        />
        <span className={cn("figure-nums", said === null && "max-sm:hidden")}>
          {said ?? dashboard.refresh}
        </span>
      </Button>
      <span role="status" className="sr-only">
        {said}
      </span>
    </>
  );
}

/** The faults that a notice shows at the same time. */
function hasNotice({ code }: Problem): boolean {
  return code.startsWith("upstream_") || code === "storage_error" || code === "network";
}

function buttonName(texts: Messages["dashboard"], isPending: boolean, said: string | null): string {
  if (isPending) return texts.refreshing;
  return said === null ? texts.refresh : `${texts.refresh}: ${said}`;
}

/** The number of new records of the last refresh, for four seconds. */
function useOutcome(onError: (problem: Problem) => void) {
  const { mutate, isPending } = useRefresh();
  const [outcome, setOutcome] = useState<number | null>(null);
  useEffect(() => {
    if (outcome === null) return;
    const timer = setTimeout(() => setOutcome(null), OUTCOME_MS);
    return () => clearTimeout(timer);
  }, [outcome]);
  const refresh = () => {
    if (isPending) return;
    setOutcome(null);
    mutate(undefined, { onSuccess: (answer) => setOutcome(answer.new), onError });
  };
  return { outcome, isPending, refresh };
}
