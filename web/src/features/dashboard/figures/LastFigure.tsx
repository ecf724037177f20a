import { useMemo } from "react";
import { ModelDot, ModelName } from "@/components/ui/ModelName";
import { useFormat, useMessages } from "@/i18n";
import { lastCredits } from "../data/stats";
import type { DashboardState } from "../data/useDashboard";
import { AmountUnit, Figure } from "./Figure";
import { LOADING } from "./Loading";
import { BarSpark } from "./Sparks";
import { useLastRequest } from "./useLastRequest";

/** The number of requests in the small picture. */
const RECENT = 24;

export function LastFigure(state: DashboardState) {
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
          <span data-testid="figure-last">{format.amount(last.credits)}</span>
          <AmountUnit />
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
