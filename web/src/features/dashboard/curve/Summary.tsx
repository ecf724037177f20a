import type { Chart, Window } from "@/components/chart/types";
import { useFormat, useMessages } from "@/i18n";
import { drawnIn } from "../data/chart";
import { modelUse } from "../data/stats";
import type { DashboardState } from "../data/useDashboard";

interface Props {
  readonly id: string;
  readonly state: DashboardState;
  readonly chart: Chart;
  readonly zoom: Window | null;
}

/** The number of gaps that are listed, newest first. */
const MOST_GAPS = 5;

/** The chart in words for screen readers, from the same values. */
export function Summary({ id, state, chart, zoom }: Props) {
  const { curve } = useMessages().dashboard;
  const format = useFormat();
  const drawn = drawnIn(chart, zoom ?? state.counted);
  const before = state.usage?.sums_before ?? null;
  const shown = new Set(chart.series.map(({ key }) => key));
  const stats = modelUse(state.usage?.series ?? [], zoom ?? state.counted).filter(({ key }) =>
    shown.has(key),
  );
  const requests = stats.reduce((sum, model) => sum + model.requests, 0);
  const credits = stats.reduce((sum, model) => sum + model.credits, 0);
  const sentences = [
    drawn.last
      ? curve.summary(
          format.number(requests),
          format.amountWithUnit(credits),
          format.instant(drawn.last.t),
          format.amount(drawn.last.v),
        )
      : curve.summaryNone,
    ...(before === null ? [] : [curve.sumsBefore(format.instant(before))]),
    ...(chart.gaps.length ? [curve.gapsNote(chart.gaps.length)] : []),
    ...chart.gaps
      .slice(-MOST_GAPS)
      .map(({ kind, from, to }) =>
        curve.gap(curve.gaps[kind], format.instant(from), format.instant(to)),
      ),
    ...chart.differences
      .slice(-MOST_GAPS)
      .map(({ from, ours, theirs }) =>
        curve.differs(format.instant(from), format.amount(theirs), format.amount(ours)),
      ),
    curve.keys,
  ];
  return (
    <p
      id={id}
      className="sr-only"
      data-testid="curve-summary"
      data-points={drawn.points}
      data-lines={drawn.lines}
      data-gaps={chart.gaps.length}
      data-view={chart.view}
    >
      {sentences.join(" ")}
    </p>
  );
}
