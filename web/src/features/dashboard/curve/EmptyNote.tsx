import type { ReactNode } from "react";
import { useChangeSettings } from "@/api/commands";
import { useLiveState, useSettings } from "@/api/LiveContext";
import type { Chart, Window } from "@/components/chart/types";
import { Button } from "@/components/ui/Button";
import { changeAddress } from "@/hooks/useAddress";
import { type Format, useFormat, useMessages } from "@/i18n";
import { problemText } from "@/i18n/problemText";
import { coveredShare } from "@/lib/covered";
import type { Span } from "@/lib/range";
import { DAY_MS, HOUR_MS } from "@/lib/time";
import { drawnIn } from "../data/chart";
import { modelUse } from "../data/stats";
import type { DashboardState } from "../data/useDashboard";
import type { Hidden } from "../data/useHidden";
import { useUncounted } from "../data/useUncounted";

interface Props {
  readonly state: DashboardState;
  readonly hidden: Hidden;
  readonly chart: Chart | undefined;
  readonly zoom: Window | null;
}

/** Why nothing is drawn, and what to do about it. */
export function EmptyNote({ state, hidden, chart, zoom }: Props) {
  const messages = useMessages();
  const { curve } = messages.dashboard;
  const { usage, window, counted, error, isLoading, gaps, past } = state;
  if (error) return <Note title={curve.failed(problemText(messages, error))} />;
  if (!usage || !chart || isLoading) return null;
  if (drawnIn(chart, zoom ?? counted).points > 0) return null;
  if (modelUse(usage.series, zoom ?? counted).length > 0) {
    return (
      <Note title={curve.allHidden}>
        <Button size="small" onClick={hidden.showAll}>
          {curve.showAll}
        </Button>
      </Note>
    );
  }
  const seen = zoom ? { from: zoom.from, to: Math.min(zoom.to, past.to) } : past;
  return <EmptyRange span={zoom ?? window} share={coveredShare(gaps, seen)} />;
}

/** Nothing was requested, nothing was collected, or nothing of it counts. */
function EmptyRange({ span, share }: { span: Span; share: number }) {
  const { curve } = useMessages().dashboard;
  const [from, to] = endsOf(span, useFormat());
  const isUncounted = useUncounted(span, true);
  if (isUncounted) {
    return (
      <Note title={curve.uncounted} detail={curve.uncountedDetail(from, to)}>
        <Button size="small" onClick={() => changeAddress({ panel: "records" })}>
          {curve.showUncounted}
        </Button>
      </Note>
    );
  }
  const coverage = share === 1 ? "watched" : share > 0 ? "partly" : "unwatched";
  return (
    <Note
      title={share > 0 ? curve.empty : curve.unwatched}
      detail={curve.emptyDetail[coverage](from, to)}
    >
      <WhatToDo isShort={span.to - span.from < DAY_MS - HOUR_MS} />
    </Note>
  );
}

/** With the date; once where one day contains the span. */
function endsOf({ from, to }: Span, format: Format): readonly [string, string] {
  const isOneDay = format.date(from) === format.date(to);
  const end = isOneDay ? format.time(to) : format.instant(to).slice(0, 16);
  return [format.instant(from).slice(0, 16), end];
}

function WhatToDo({ isShort }: { isShort: boolean }) {
  const { curve } = useMessages().dashboard;
  const { cookie } = useMessages();
  const isOff = useSettings()?.collecting === false;
  const cookieState = useLiveState(({ status }) => status?.cookie.state);
  const canCollect = cookieState === "valid" || cookieState === "unverified";
  const { mutate, isPending } = useChangeSettings();
  return (
    <>
      {isOff && canCollect && (
        <Button
          size="small"
          variant="primary"
          disabled={isPending}
          onClick={() => mutate({ collecting: true })}
        >
          {curve.start}
        </Button>
      )}
      {cookieState && !canCollect && (
        <Button size="small" variant="primary" onClick={() => changeAddress({ dialog: "cookie" })}>
          {cookieState === "missing" ? cookie.missingAction : cookie.paste}
        </Button>
      )}
      {isShort && (
        <Button size="small" onClick={() => changeAddress({ range: { kind: "last", hours: 24 } })}>
          {curve.wider}
        </Button>
      )}
    </>
  );
}

interface NoteProps {
  readonly title: string;
  readonly detail?: string;
  readonly children?: ReactNode;
}

function Note({ title, detail, children }: NoteProps) {
  return (
    <div className="pointer-events-none absolute inset-0 grid place-items-center p-6">
      <div className="pointer-events-auto flex max-w-sm flex-col items-center gap-2 rounded-xl border border-line bg-surface/95 px-5 py-4 text-center shadow-card">
        <p role="status" className="text-sm font-medium text-balance figure-nums">
          {title}
        </p>
        {detail && <p className="text-xs text-faint">{detail}</p>}
        <div className="mt-1 flex flex-wrap justify-center gap-2 empty:hidden">{children}</div>
      </div>
    </div>
  );
}
