import { useLiveState } from "@/api/LiveContext";
import { useIsServerGone } from "@/api/useIsServerGone";
import { Skeleton } from "@/components/ui/Skeleton";
import { useNow } from "@/hooks/useNow";
import { type Format, type Messages, useFormat, useMessages } from "@/i18n";
import { cn } from "@/lib/cn";
import { parseInstant, SECOND_MS } from "@/lib/time";
import { useResumption } from "./useResumption";

type Texts = Messages["dashboard"];

function ageText(at: number | null, now: number, texts: Texts, format: Format): string {
  if (at === null) return texts.neverUpdated;
  const age = now - at;
  return age < 2 * SECOND_MS ? texts.updatedNow : texts.updated(format.duration(age));
}

function nextText(at: number | null, now: number, texts: Texts, format: Format): string | null {
  if (at === null) return null;
  const wait = at - now;
  return wait < SECOND_MS ? texts.nextNow : texts.next(format.duration(wait));
}

/** Wide enough for every second of an hour, so that its neighbours do not move. */
const PLACE = "min-[22rem]:max-md:hidden md:min-w-56 md:text-right";

/** "Updated 12s ago, next in 48s", ticking by itself. */
export function Freshness() {
  const { dashboard } = useMessages();
  const format = useFormat();
  const now = useNow(SECOND_MS);
  const last = useLiveState(({ status }) => status?.link.last_success_at ?? null);
  const next = useLiveState(({ status }) => status?.link.next_poll_at ?? null);
  const isKnown = useLiveState(({ status }) => status !== null);
  const lastAt = parseInstant(last);
  const isGone = useIsServerGone();
  const resumes = useResumption();
  const planned =
    resumes === null
      ? nextText(parseInstant(next), now, dashboard, format)
      : dashboard.resumes(resumes);
  const waiting = isGone ? null : planned;
  if (!isKnown) {
    return (
      <span className={PLACE}>
        <Skeleton className="h-3 w-36 md:ml-auto" />
      </span>
    );
  }
  return (
    <p
      className={cn(
        PLACE,
        "text-xs whitespace-nowrap text-muted figure-nums big:whitespace-normal",
      )}
      title={lastAt === null ? undefined : `${format.instant(lastAt)} ${format.zoneName(lastAt)}`}
    >
      <span>{ageText(lastAt, now, dashboard, format)}</span>
      {waiting !== null && <span className="text-faint">{` · ${waiting}`}</span>}
    </p>
  );
}
