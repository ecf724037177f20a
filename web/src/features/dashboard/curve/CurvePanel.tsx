import { lazy, Suspense, useCallback, useEffect, useId, useMemo, useState } from "react";
import type { Chart, Window } from "@/components/chart/types";
import { Button } from "@/components/ui/Button";
import { Card } from "@/components/ui/Card";
import { Segmented } from "@/components/ui/Segmented";
import { Skeleton } from "@/components/ui/Skeleton";
import { useAddress } from "@/hooks/useAddress";
import { useModelLooks } from "@/hooks/useModelLooks";
import { useTheme } from "@/hooks/useTheme";
import { useFormat, useMessages } from "@/i18n";
import { VIEWS, type View } from "@/lib/address";
import { chartOf } from "../data/chart";
import type { DashboardState } from "../data/useDashboard";
import type { Hidden } from "../data/useHidden";
import { CurveNote } from "./CurveNote";
import { EmptyNote } from "./EmptyNote";
import { Legend } from "./Legend";
import { Summary } from "./Summary";
import { useChartTexts } from "./useChartTexts";

const loadCanvas = () =>
  import("@/components/chart/CurveCanvas").then((part) => ({ default: part.CurveCanvas }));
const CurveCanvas = lazy(loadCanvas);

interface Props {
  readonly state: DashboardState;
  readonly hidden: Hidden;
  readonly highlighted: string | null;
  readonly onHighlight: (model: string | null) => void;
}

/** The curve, its three views and its legend. */
export function CurvePanel({ state, hidden, highlighted, onHighlight }: Props) {
  const { curve } = useMessages().dashboard;
  const [{ view }, changeAddress] = useAddress();
  const [zoom, setZoom] = useState<Window | null>(null);
  const titleId = useId();
  const chart = useChart(state, view, hidden);
  // The chart's code comes while the data does; where it does not come, whoever draws it says so.
  useEffect(() => void loadCanvas().catch(() => undefined), []);
  return (
    <Card aria-labelledby={titleId} className="flex flex-col">
      <header className="flex flex-wrap items-center gap-x-3 gap-y-2 px-4 pt-3.5 pb-1">
        <div className="min-w-0 flex-1 basis-40">
          <h2 id={titleId} className="text-sm font-semibold">
            {curve.title}
          </h2>
          <CurveNote state={state} view={view} />
        </div>
        {zoom !== null && (
          <Button size="small" onClick={() => setZoom(null)}>
            {curve.resetZoom}
          </Button>
        )}
        <Segmented<View>
          label={curve.views}
          value={view}
          options={VIEWS.map((value) => ({ value, label: curve[value] }))}
          onChange={(picked) => changeAddress({ view: picked })}
          className="max-sm:w-full"
          wide
        />
      </header>
      <Plot {...{ state, chart, hidden, highlighted, zoom, setZoom }} />
      <Legend {...{ state, chart, hidden, highlighted, onHighlight }} />
    </Card>
  );
}

function useChart(state: DashboardState, view: View, hidden: Hidden): Chart | undefined {
  const { zone } = useFormat();
  const theme = useTheme();
  const looks = useModelLooks();
  const { usage, gaps, differences, window } = state;
  const models = hidden.models;
  return useMemo(
    () =>
      usage &&
      chartOf({ usage, gaps, differences, window, view, zone, theme, looks, hidden: models }),
    [usage, gaps, differences, window, view, zone, theme, looks, models],
  );
}

interface PlotProps {
  readonly state: DashboardState;
  readonly chart: Chart | undefined;
  readonly hidden: Hidden;
  readonly highlighted: string | null;
  readonly zoom: Window | null;
  readonly setZoom: (zoom: Window | null) => void;
}

function Plot({ state, chart, hidden, highlighted, zoom, setZoom }: PlotProps) {
  const { curve } = useMessages().dashboard;
  const texts = useChartTexts();
  const summaryId = useId();
  const onZoom = useCallback((next: Window | null) => setZoom(next), [setZoom]);
  return (
    <div className="relative h-[clamp(18rem,44vh,34rem)] overflow-x-clip">
      {chart ? (
        <Suspense fallback={<PlotSkeleton />}>
          <CurveCanvas
            {...{ chart, texts, highlighted, zoom, onZoom }}
            label={curve.chart}
            describedBy={summaryId}
          />
        </Suspense>
      ) : (
        <PlotSkeleton />
      )}
      <EmptyNote state={state} hidden={hidden} chart={chart} />
      {chart && <Summary id={summaryId} state={state} chart={chart} />}
    </div>
  );
}

function PlotSkeleton() {
  return <Skeleton className="absolute inset-x-4 inset-y-6" />;
}
