import type { ReactNode } from "react";
import { useMemo } from "react";
import { Card } from "@/components/ui/Card";
import { ModelDot, ModelName } from "@/components/ui/ModelName";
import { Skeleton } from "@/components/ui/Skeleton";
import { useFormat, useMessages } from "@/i18n";
import { isLowerBound } from "../data/gaps";
import { modelUse } from "../data/stats";
import type { DashboardState } from "../data/useDashboard";
import { AtLeast, AtLeastToo } from "./AtLeast";
import { Change } from "./Change";
import { useLastRequest } from "./useLastRequest";
import { useRate } from "./useRate";

interface FigureProps {
  readonly name: string;
  /** What is to be known of the value, beside its name. */
  readonly mark?: ReactNode;
  readonly value: ReactNode;
  readonly note: ReactNode;
  readonly className?: string;
}

function Figure({ name, mark, value, note, className }: FigureProps) {
  return (
    <div className={`flex min-w-0 flex-col gap-1 bg-surface px-4 py-3.5 ${className ?? ""}`}>
      <dt className="flex h-[1.125rem] items-center gap-2 text-xs font-medium text-muted">
        {name}
        {mark}
      </dt>
      <dd className="flex min-w-0 flex-col gap-1">
        <span className="flex h-8 min-w-0 items-baseline gap-1.5 text-2xl font-semibold tracking-tight figure-nums">
          {value}
        </span>
        <span className="flex min-h-[1.125rem] min-w-0 items-center gap-1 text-xs text-faint figure-nums">
          {note}
        </span>
      </dd>
    </div>
  );
}

/** The figures above the curve: what was used, how fast, by what. */
export function Figures(state: DashboardState) {
  const { figures } = useMessages().dashboard;
  return (
    <Card className="overflow-hidden" aria-label={figures.label}>
      <dl className="grid grid-cols-2 gap-px bg-line lg:grid-cols-[1.15fr_1fr_1.15fr_0.85fr_1.35fr]">
        <Credits {...state} />
        <Rate {...state} />
        <Last {...state} />
        <Requests {...state} />
        <Top {...state} />
      </dl>
    </Card>
  );
}

const LOADING = <Skeleton className="h-6 w-24 self-center" />;

function useStats({ usage, counted }: DashboardState) {
  return useMemo(() => (usage ? modelUse(usage.series, counted) : null), [usage, counted]);
}

function Credits(state: DashboardState) {
  const { figures } = useMessages().dashboard;
  const format = useFormat();
  const stats = useStats(state);
  const credits = stats?.reduce((sum, model) => sum + model.credits, 0);
  const value = credits === undefined ? LOADING : format.number(credits);
  return (
    <Figure
      name={figures.credits}
      mark={credits !== undefined && isLowerBound(state.gaps, state.differences) && <AtLeast />}
      value={<span data-testid="figure-credits">{value}</span>}
      note={
        credits === undefined ? figures.creditsNote : <Change state={state} credits={credits} />
      }
    />
  );
}

function Rate(state: DashboardState) {
  const { figures } = useMessages().dashboard;
  const format = useFormat();
  const rate = useRate(state);
  return (
    <Figure
      name={figures.rate}
      value={
        rate === null ? (
          LOADING
        ) : (
          <>
            {format.number(Math.round(rate))}
            <span className="text-sm font-normal text-faint">{figures.perHour}</span>
          </>
        )
      }
      note={figures.rateNote}
    />
  );
}

function Last(state: DashboardState) {
  const { figures } = useMessages().dashboard;
  const format = useFormat();
  const last = useLastRequest(state);
  if (last === undefined) return <Figure name={figures.last} value={LOADING} note={null} />;
  if (last === null) return <Figure name={figures.last} value="–" note={figures.lastNone} />;
  return (
    <Figure
      name={figures.last}
      value={<span data-testid="figure-last">{format.number(last.credits)}</span>}
      note={
        <>
          <ModelDot model={last.model} className="size-2" />
          <ModelName model={last.model} className="min-w-0" />
          <time
            dateTime={new Date(last.t).toISOString()}
            className="shrink-0"
            title={format.instant(last.t)}
          >
            {format.instant(last.t).slice(11)}
          </time>
        </>
      }
    />
  );
}

function Requests(state: DashboardState) {
  const { figures } = useMessages().dashboard;
  const format = useFormat();
  const stats = useStats(state);
  if (!stats) return <Figure name={figures.requests} value={LOADING} note={null} />;
  const requests = stats.reduce((sum, model) => sum + model.requests, 0);
  const credits = stats.reduce((sum, model) => sum + model.credits, 0);
  const average = requests ? Math.round((credits / requests) * 10) / 10 : 0;
  return (
    <Figure
      name={figures.requests}
      mark={isLowerBound(state.gaps, state.differences) && <AtLeastToo />}
      value={<span data-testid="figure-requests">{format.number(requests)}</span>}
      note={requests ? figures.requestsNote(format.number(average)) : figures.requestsNone}
    />
  );
}

function Top(state: DashboardState) {
  const { figures } = useMessages().dashboard;
  const format = useFormat();
  const stats = useStats(state);
  const top = stats?.toSorted((one, other) => other.credits - one.credits)[0];
  const className = "max-lg:col-span-2";
  if (!stats) return <Figure {...{ className }} name={figures.top} value={LOADING} note={null} />;
  if (!top)
    return <Figure {...{ className }} name={figures.top} value="–" note={figures.topNone} />;
  return (
    <Figure
      className={className}
      name={figures.top}
      value={
        <span className="flex min-w-0 items-center gap-2 self-center text-base tracking-normal">
          <ModelDot model={top.key} />
          <ModelName model={top.key} className="min-w-0" />
        </span>
      }
      note={figures.topNote(format.percent(top.share), format.number(top.credits))}
    />
  );
}
