import { type ReactNode, useMemo } from "react";
import type { Chart, Window } from "@/components/chart/types";
import { Button } from "@/components/ui/Button";
import { Skeleton } from "@/components/ui/Skeleton";
import { useFormat, useMessages } from "@/i18n";
import type { View } from "@/lib/address";
import { cn } from "@/lib/cn";
import { isLowerBound } from "../data/gaps";
import { type ModelUse, modelUse } from "../data/stats";
import type { DashboardState } from "../data/useDashboard";
import type { Hidden } from "../data/useHidden";
import { LeastMark } from "../figures/AtLeast";
import { Change } from "../figures/Change";
import { rangeText } from "../toolbar/rangeText";
import { TrustMark } from "../toolbar/TrustMark";
import { UnreadableMark } from "../toolbar/UnreadableMark";
import { CurveNote } from "./CurveNote";

interface Props {
  readonly state: DashboardState;
  readonly inSight: DashboardState;
  readonly view: View;
  readonly chart: Chart | undefined;
  readonly zoom: Window | null;
  readonly hidden: Hidden;
  readonly legend: ReactNode;
  readonly onReset: () => void;
}

/** Credits and requests of the visible span, against the one before, and whether they are complete. */
export function Headline(props: Props) {
  const { state, inSight, view, chart, zoom, hidden, legend, onReset } = props;
  const { dashboard } = useMessages();
  const { figures, curve } = dashboard;
  const format = useFormat();
  const { usage, counted, gaps, differences } = inSight;
  const stats = useMemo(() => (usage ? modelUse(usage.series, counted) : null), [usage, counted]);
  const models = stats ?? [];
  const credits = sum(models, "credits");
  const requests = sum(models, "requests");
  const shown = models.filter(({ key }) => !hidden.models.has(key));
  const isLeast = isLowerBound(gaps, differences);
  return (
    <div className="relative flex flex-wrap items-end justify-between gap-x-6 gap-y-1 px-4 pt-3 pb-2">
      {/* Clips the dots of the facts that begin a line. */}
      <div className="-ml-1.5 min-w-0 overflow-x-clip pl-1.5 max-sm:w-full">
        <div className="-ml-4.5 flex flex-wrap items-center">
          <p className="flex min-h-7 flex-wrap items-baseline gap-x-1.5 pl-4.5 figure-nums max-sm:grow">
            {isLeast && <LeastMark />}
            <span data-testid="figure-credits" className="text-xl font-semibold tracking-tight">
              {stats ? format.amount(credits) : <Skeleton className="h-5 w-24" />}
            </span>
            {format.unit === "credits" && (
              // Two marks share the line on a phone, where the axis names the unit.
              <span className={cn("text-sm text-muted", isLeast && "max-sm:sr-only")}>
                {format.unitName}
              </span>
            )}
          </p>
          <span className="h-0 basis-full max-sm:order-2" />
          <p className="flex flex-wrap items-center gap-y-1 max-sm:order-2 max-sm:pointer-coarse:mt-1.5 sm:contents">
            <Fact>{rangeText(state.range, zoom && inSight.window, dashboard, format)}</Fact>
            {stats && (
              <>
                <Fact>
                  <Change state={inSight} credits={credits} isLeast={isLeast} />
                </Fact>
                <Fact>
                  <span data-testid="figure-requests">{format.number(requests)}</span>
                  <span>{` ${figures.requestsUnit(requests)}`}</span>
                </Fact>
                {shown.length < models.length && (
                  <Fact>{curve.shown(format.amount(sum(shown, "credits")))}</Fact>
                )}
              </>
            )}
          </p>
          {/* Beside the credits on a phone: the line below is full. */}
          {stats && (
            <Fact className="inline-flex empty:hidden items-center gap-x-1.5 max-sm:order-1 max-sm:before:hidden max-sm:pointer-coarse:mt-1.5">
              <TrustMark {...inSight} />
              <UnreadableMark />
            </Fact>
          )}
        </div>
      </div>
      <div className="flex items-center gap-3">
        <div className="max-sm:hidden">{legend}</div>
        <CurveNote state={state} view={view} chart={chart} />
        {/* Beside the reading on a phone: the curve stays where the fingers are. */}
        {zoom !== null && (
          <div className="max-sm:absolute max-sm:top-full max-sm:right-4 max-sm:z-2 max-sm:-mt-2">
            <Button size="small" onClick={onReset}>
              {curve.resetZoom}
            </Button>
          </div>
        )}
      </div>
    </div>
  );
}

function sum(models: readonly ModelUse[], value: "credits" | "requests"): number {
  return models.reduce((total, model) => total + model[value], 0);
}

interface FactProps {
  readonly className?: string;
  readonly children: ReactNode;
}

/** A dot separates it from the fact before it on its line. */
function Fact({ className, children }: FactProps) {
  return (
    <span
      className={cn(
        "relative pl-4.5 text-xs leading-5 text-muted figure-nums sm:pointer-coarse:mt-1.5 before:absolute before:left-2 before:text-faint before:content-['·'_/_'']",
        className,
      )}
    >
      {children}
    </span>
  );
}
