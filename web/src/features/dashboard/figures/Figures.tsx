import { type ReactNode, useMemo } from "react";
import type { UsualHour } from "@/api/types";
import { Card } from "@/components/ui/Card";
import { ModelDot, ModelName } from "@/components/ui/ModelName";
import { Skeleton } from "@/components/ui/Skeleton";
import { useModelLooks } from "@/hooks/useModelLooks";
import { useShowRate } from "@/hooks/usePageRate";
import { useTheme } from "@/hooks/useTheme";
import { useFormat, useMessages } from "@/i18n";
import { cn } from "@/lib/cn";
import { lastCredits } from "../data/stats";
import type { DashboardState } from "../data/useDashboard";
import { AtLeast } from "./AtLeast";
import { ChangeMark } from "./Change";
import { BarSpark, Bullet, RunningSpark, ShareBar } from "./Sparks";
import { useLastRequest } from "./useLastRequest";
import { type Rate, useRate } from "./useRate";
import { DAY_PARTS, type Today, useToday } from "./useToday";
import { useUsual } from "./useUsual";
import { bulletOf } from "./usual";

interface FigureProps {
  readonly name: string;
  /** The value's unit, at the end of the first line. */
  readonly scope?: string;
  /** A reservation about the value, beside its name. */
  readonly mark?: ReactNode;
  readonly value: ReactNode;
  readonly note: ReactNode;
  readonly picture?: ReactNode;
  /** Whether a phone leaves it to the table. */
  readonly isWide?: boolean;
}

function Figure({ name, scope, mark, value, note, picture, isWide = false }: FigureProps) {
  return (
    <div
      className={cn(
        "flex min-w-0 flex-col bg-surface px-4 py-3 sm:px-5 sm:py-4",
        isWide && "max-sm:hidden",
      )}
    >
      <dt className="flex h-5 items-center gap-2 text-sm text-muted">
        <span className="truncate">{name}</span>
        {mark}
        {scope && (
          <span className="ml-auto shrink-0 text-xs text-faint max-sm:hidden">{scope}</span>
        )}
      </dt>
      <dd className="flex min-w-0 flex-col">
        <span className="flex h-8 min-w-0 items-baseline gap-1.5 text-2xl font-semibold tracking-tight figure-nums sm:h-10 sm:text-[1.875rem] sm:leading-10">
          {value}
        </span>
        <span className="flex min-h-5 min-w-0 flex-wrap items-center gap-x-1.5 text-xs text-muted figure-nums">
          {note}
        </span>
        <span className="mt-1 flex h-8 items-end max-sm:hidden">{picture}</span>
      </dd>
    </div>
  );
}

function Unit({ children }: { children: string }) {
  return <span className="text-sm font-normal tracking-normal text-muted">{children}</span>;
}

/** The figures that do not depend on the range: today, rate, and the models by credits. */
export function Figures(state: DashboardState) {
  const { figures } = useMessages().dashboard;
  const today = useToday(state.usage !== undefined);
  return (
    <Card className="overflow-hidden" aria-label={figures.label}>
      <dl className="grid grid-cols-2 gap-px max-[18rem]:grid-cols-1 bg-line lg:grid-cols-[1.12fr_1.06fr_1.14fr_1fr]">
        <TodayFigure today={today} />
        <RateFigure {...state} />
        <TopFigure today={today} />
        <LastFigure {...state} />
      </dl>
    </Card>
  );
}

const LOADING = <Skeleton className="h-6 w-24 self-center" />;

function TodayFigure({ today }: { today: Today | undefined }) {
  const { figures } = useMessages().dashboard;
  const format = useFormat();
  return (
    <Figure
      name={figures.today}
      mark={today?.isLeast && <AtLeast />}
      value={
        today ? (
          <>
            <span data-testid="figure-today">{format.number(today.credits)}</span>
            <Unit>{figures.creditsUnit}</Unit>
          </>
        ) : (
          LOADING
        )
      }
      note={today && <Yesterday today={today} />}
      picture={
        today && <RunningSpark today={today.curve} before={today.curveBefore} parts={DAY_PARTS} />
      }
    />
  );
}

function Yesterday({ today }: { today: Today }) {
  const { figures } = useMessages().dashboard;
  const format = useFormat();
  if (today.yesterday === null) return <span>{figures.yesterdayUnknown}</span>;
  return (
    <>
      {today.yesterday > 0 && <ChangeMark share={today.credits / today.yesterday - 1} />}
      <span>{figures.yesterday(format.number(today.yesterday))}</span>
    </>
  );
}

function RateFigure(state: DashboardState) {
  const { figures } = useMessages().dashboard;
  const format = useFormat();
  const rate = useRate(state);
  useShowRate(rate ? `${format.number(Math.round(rate.perHour))}${figures.perHourShort}` : null);
  const usual = useUsual(state.usage !== undefined);
  return (
    <Figure
      name={figures.rate}
      scope={usual ? figures.rateNote : figures.lastHour}
      mark={rate?.isLeast && <AtLeast />}
      value={
        rate ? (
          <>
            <span data-testid="figure-rate">{format.number(Math.round(rate.perHour))}</span>
            <Unit>{figures.perHour}</Unit>
          </>
        ) : (
          LOADING
        )
      }
      note={usual ? <UsualRange usual={usual} /> : <span>{figures.rateNote}</span>}
      picture={rate && <RatePicture rate={rate} usual={usual} />}
    />
  );
}

function UsualRange({ usual }: { usual: UsualHour }) {
  const { figures } = useMessages().dashboard;
  const format = useFormat();
  const range = `${format.number(Math.round(usual.p25))}–${format.number(Math.round(usual.p75))}`;
  return (
    <span data-testid="figure-usual" title={figures.usualHint(range)}>
      {figures.usual(range)}
    </span>
  );
}

function RatePicture({ rate, usual }: { rate: Rate; usual: UsualHour | undefined }) {
  if (!usual) return <BarSpark values={rate.parts} marked={rate.recentParts} />;
  return <Bullet {...bulletOf(rate.perHour, usual)} />;
}

function TopFigure({ today }: { today: Today | undefined }) {
  const { figures } = useMessages().dashboard;
  const format = useFormat();
  const { colorOf } = useModelLooks();
  const theme = useTheme();
  const top = today?.models[0];
  if (!today) return <Figure isWide name={figures.top} value={LOADING} note={null} />;
  if (!top)
    return <Figure isWide name={figures.top} value="–" note={<span>{figures.topNone}</span>} />;
  const parts = today.models.map(({ key, share }) => ({ key, share, color: colorOf(key, theme) }));
  return (
    <Figure
      isWide
      name={figures.top}
      scope={figures.scopeToday}
      value={
        <span className="flex min-w-0 items-center gap-2 self-center text-lg tracking-normal sm:text-xl">
          <ModelDot model={top.key} />
          <ModelName model={top.key} className="min-w-0" hasDate={false} />
        </span>
      }
      note={<span>{figures.topNote(format.percent(top.share), format.number(top.credits))}</span>}
      picture={<ShareBar parts={parts} />}
    />
  );
}

/** The number of requests in the small picture. */
const RECENT = 24;

function LastFigure(state: DashboardState) {
  const { figures } = useMessages().dashboard;
  const format = useFormat();
  const last = useLastRequest(state);
  const recent = useMemo(
    () => (state.usage ? lastCredits(state.usage.series, RECENT) : []),
    [state.usage],
  );
  if (last === undefined) return <Figure isWide name={figures.last} value={LOADING} note={null} />;
  if (last === null) {
    return <Figure isWide name={figures.last} value="–" note={<span>{figures.lastNone}</span>} />;
  }
  return (
    <Figure
      isWide
      name={figures.last}
      {...(recent.length > 1 && { scope: figures.lastOnes(recent.length) })}
      value={
        <>
          <span data-testid="figure-last">{format.number(last.credits)}</span>
          <Unit>{figures.creditsUnit}</Unit>
        </>
      }
      note={
        <>
          <ModelDot model={last.model} className="size-2" />
          <ModelName model={last.model} className="min-w-0" hasDate={false} />
          <time
            dateTime={new Date(last.t).toISOString()}
            className="shrink-0"
            title={format.instant(last.t)}
          >
            {format.instant(last.t).slice(11)}
          </time>
        </>
      }
      picture={recent.length > 1 && <BarSpark values={recent} marked={1} />}
    />
  );
}
