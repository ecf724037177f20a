import { useState } from "react";
import { useLiveState } from "@/api/LiveContext";
import { Hint } from "@/components/ui/Hint";
import { useMessages } from "@/i18n";
import { cn } from "@/lib/cn";
import { type Mark, useMark } from "./mark";
import { useResumption } from "./useResumption";

const TONES: Readonly<Record<Mark, string>> = {
  connecting: "bg-faint",
  live: "bg-good",
  paused: "bg-faint",
  reconnecting: "bg-warn",
  gone: "bg-bad",
  offline: "bg-bad",
  locked: "bg-faint",
  off: "bg-faint",
  scheduled: "bg-faint",
  no_cookie: "bg-faint",
  degraded: "bg-warn",
  blocked: "bg-warn",
  cookie_invalid: "bg-bad",
  storage_error: "bg-bad",
};

/**
 * The state of the data in one word. A ring leaves the dot once for each answer of the site: one
 * that never ends would have the browser draw 60 frames a second for as long as the page is open.
 */
export function LiveMark() {
  const { live } = useMessages().dashboard;
  const mark = useMark();
  const text = useMarkText(mark);
  const last = useLiveState(({ status }) => status?.link.last_success_at ?? null);
  return (
    <>
      <Hint text={live.hints[mark]}>
        <button
          type="button"
          aria-label={`${live.label}: ${text}`}
          className="relative inline-flex h-7 min-w-0 items-center gap-1.5 rounded-full border border-line bg-surface px-2.5 text-xs font-medium text-muted before:absolute before:-inset-2.5 before:content-['']"
        >
          <span className="relative flex size-2 shrink-0">
            {mark === "live" && <Ring answer={last} />}
            <span
              className={cn("relative size-2 rounded-full forced-color-adjust-none", TONES[mark])}
            />
          </span>
          <span title={text} className="truncate">
            {text}
          </span>
        </button>
      </Hint>
      <span role="status" aria-label={live.label} className="sr-only">
        {text}
      </span>
    </>
  );
}

/** Leaves the dot for each answer after the one that was there first. */
function Ring({ answer }: { answer: string | null }) {
  const [first] = useState(answer);
  if (answer === first) return null;
  return (
    <span
      key={answer}
      className="absolute inset-0 animate-ping-once rounded-full bg-good opacity-0"
    />
  );
}

/** During a pause by the schedule, until when. */
function useMarkText(mark: Mark): string {
  const { live } = useMessages().dashboard;
  const resumes = useResumption();
  return mark === "scheduled" && resumes !== null ? live.scheduledUntil(resumes) : live[mark];
}
