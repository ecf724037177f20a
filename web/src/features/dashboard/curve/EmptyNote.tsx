import type { ReactNode } from "react";
import { useChangeSettings } from "@/api/commands";
import { useLiveState, useSettings } from "@/api/LiveContext";
import type { Chart } from "@/components/chart/types";
import { Button } from "@/components/ui/Button";
import { changeAddress } from "@/hooks/useAddress";
import { type Format, useFormat, useMessages } from "@/i18n";
import { problemText } from "@/i18n/problemText";
import type { Span } from "@/lib/range";
import { DAY_MS, HOUR_MS } from "@/lib/time";
import { drawnIn } from "../data/chart";
import { modelUse } from "../data/stats";
import type { DashboardState } from "../data/useDashboard";
import type { Hidden } from "../data/useHidden";

interface Props {
  readonly state: DashboardState;
  readonly hidden: Hidden;
  readonly chart: Chart | undefined;
}

/** Says why there is no line, where there is none; a blank box would leave one guessing. */
export function EmptyNote({ state, hidden, chart }: Props) {
  const messages = useMessages();
  const { curve } = messages.dashboard;
  const format = useFormat();
  const { usage, window, counted, error, isLoading } = state;
  if (error) return <Note title={curve.failed(problemText(messages, error))} />;
  if (!usage || !chart || isLoading || drawnIn(chart).points > 0) return null;
  if (modelUse(usage.series, counted).length > 0) {
    return (
      <Note title={curve.allHidden}>
        <Button size="small" onClick={hidden.showAll}>
          {curve.showAll}
        </Button>
      </Note>
    );
  }
  const [from, to] = endsOf(window, format);
  return (
    <Note title={curve.empty(from, to)} detail={curve.emptyHint(format.zoneName(window.to))}>
      <WhatToDo isShort={window.to - window.from < DAY_MS - HOUR_MS} />
    </Note>
  );
}

/** Times alone where one day holds the span, else with their dates. */
function endsOf({ from, to }: Span, format: Format): readonly [string, string] {
  const isOneDay = format.date(from) === format.date(to);
  const write = isOneDay ? format.time : (t: number) => format.instant(t).slice(0, 16);
  return [write(from), write(to)];
}

function WhatToDo({ isShort }: { isShort: boolean }) {
  const { curve } = useMessages().dashboard;
  const isOff = useSettings()?.collecting === false;
  const canCollect = useLiveState(
    ({ status }) => status?.cookie.state === "valid" || status?.cookie.state === "unverified",
  );
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
