import { lazy, type ReactNode, Suspense, useId, useState } from "react";
import { useLiveState } from "@/api/LiveContext";
import type { ChartForm } from "@/components/chart/types";
import { Card } from "@/components/ui/Card";
import { useFirstView } from "@/hooks/useFirstView";
import { useFormat, useMessages } from "@/i18n";
import type { View } from "@/lib/address";
import { afterFirstView } from "@/lib/platform/firstView";
import type { DashboardState } from "../data/useDashboard";
import type { Hidden } from "../data/useHidden";
import { previousName } from "../figures/previousName";
import { GroupSwitch } from "../toolbar/GroupSwitch";
import { NeedsServer } from "../toolbar/NeedsServer";
import { ComparisonLegend } from "./ComparisonLegend";
import { Headline } from "./Headline";
import { Plot, PlotSkeleton } from "./Plot";
import { Forms, Tools } from "./Tools";
import { useChart } from "./useChart";
import { type Compared, useComparison } from "./useComparison";
import { possibleView, useForm, viewsOf } from "./useView";
import { useZoom } from "./useZoom";

const AccountMarks = lazy(() =>
  afterFirstView(() => import("../later")).then((part) => ({
    default: part.AccountMarks,
  })),
);

interface Props {
  readonly chosen: View;
  readonly pickView: (view: View) => void;
  readonly state: DashboardState;
  /** The same within the zoom. */
  readonly inSight: DashboardState;
  readonly hidden: Hidden;
  readonly highlighted: string | null;
  readonly onHighlight: (model: string | null) => void;
  readonly annotations: ReactNode;
  /** In place of the curve: bars per day. */
  readonly days: ReactNode;
}

/** The range control, the range's figures and the curve. */
export function CurvePanel(props: Props) {
  const { chosen, pickView, state, inSight, hidden, highlighted, onHighlight } = props;
  const { annotations, days } = props;
  const { curve } = useMessages().dashboard;
  const view = possibleView(chosen, state.range, (state.usage?.bucket_s ?? null) !== null);
  const [form, pickForm] = useForm(view);
  const { zoom, onZoom } = useZoom(state.window);
  const comparison = useComparison({ state, inSight, view, hidden });
  const chart = useChart({ state, view, form, hidden, comparison });
  const [drawnForm, onForm] = useState<ChartForm | null>(null);
  useFirstView(drawnForm !== null || (view === "days" && days !== undefined));
  const hasForms = (chart?.series.length ?? 0) > 1;
  const forms = hasForms && <Forms {...{ view, pickForm }} form={drawnForm} />;
  const hasAccount = useLiveState(({ known }) => (known.versions.account ?? 0) > 0);
  const names = useComparisonNames(state);
  const legend = <ComparisonLegend {...{ comparison, names }} />;
  const titleId = useId();
  return (
    <Card aria-labelledby={titleId} className="flex flex-col pb-2">
      <h2 id={titleId} className="sr-only">
        {curve.title}
      </h2>
      <Tools {...{ view, pickView, forms }} views={viewsOf(state.range)} />
      <Headline
        {...{ state, inSight, view, chart, zoom, hidden, legend }}
        onReset={() => onZoom(null)}
      />
      {view === "days" ? (
        <Suspense fallback={<PlotSkeleton />}>{days ?? <PlotSkeleton />}</Suspense>
      ) : (
        <Plot {...{ state, names, chart, hidden, highlighted, onHighlight, zoom, onZoom, onForm }}>
          {annotations}
          {hasAccount && (
            <Suspense fallback={null}>
              <AccountMarks range={state.range} />
            </Suspense>
          )}
        </Plot>
      )}
      {/* A phone has the curve on its first screen, and this below. */}
      <div className="flex flex-col gap-2 px-2.5 sm:hidden">
        {legend}
        {forms}
        <NeedsServer>
          <GroupSwitch wide />
        </NeedsServer>
      </div>
    </Card>
  );
}

function useComparisonNames(state: DashboardState): Readonly<Record<Compared, string>> {
  const { figures, curve } = useMessages().dashboard;
  const format = useFormat();
  return { previous: previousName(state, figures, format), usual: curve.usual };
}
