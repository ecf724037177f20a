import { type ReactNode, useCallback, useId, useMemo } from "react";
import { legendRoom } from "@/components/chart/legendRoom";
import type { Chart, ChartForm, Window } from "@/components/chart/types";
import { Skeleton } from "@/components/ui/Skeleton";
import { useMessages } from "@/i18n";
import type { DashboardState } from "../data/useDashboard";
import type { Hidden } from "../data/useHidden";
import { EmptyNote } from "./EmptyNote";
import { Summary } from "./Summary";
import { useCanvas } from "./useCanvas";
import { useChartTexts } from "./useChartTexts";
import type { Compared } from "./useComparison";

interface Props {
  readonly state: DashboardState;
  readonly names: Readonly<Record<Compared, string>>;
  readonly chart: Chart | undefined;
  readonly hidden: Hidden;
  readonly highlighted: string | null;
  readonly onHighlight: (model: string | null) => void;
  readonly zoom: Window | null;
  readonly onZoom: (zoom: Window | null) => void;
  readonly onForm: (form: ChartForm) => void;
  /** The annotations. */
  readonly children: ReactNode;
}

/** The curve, or its place while it loads; without requests a note. */
export function Plot(props: Props) {
  const { state, names, chart, hidden, highlighted, onHighlight } = props;
  const { zoom, onZoom, onForm, children } = props;
  const { curve } = useMessages().dashboard;
  const texts = useChartTexts(names.previous);
  const summaryId = useId();
  const CurveCanvas = useCanvas();
  const all = useMemo(() => (chart ? chart.models.map(({ key }) => key) : []), [chart]);
  const { toggle, solo } = hidden;
  const onSolo = useCallback((key: string) => solo(key, all), [solo, all]);
  return (
    <div className="relative overflow-x-clip">
      {chart && CurveCanvas ? (
        <CurveCanvas
          {...{ chart, texts, zoom, onZoom, onForm, onSolo }}
          focus={highlighted}
          onToggle={toggle}
          onFocus={onHighlight}
          label={state.usage?.by === "api_key" ? curve.chartByKey : curve.chart}
          describedBy={summaryId}
          annotations={children}
        />
      ) : (
        <PlotSkeleton {...(chart && { chart })} />
      )}
      <EmptyNote state={state} hidden={hidden} chart={chart} zoom={zoom} />
      {chart && <Summary id={summaryId} state={state} chart={chart} zoom={zoom} />}
    </div>
  );
}

/** As high as the plot, on a phone with its reading and legend. */
export function PlotSkeleton({ chart }: { readonly chart?: Chart }) {
  return (
    <div className="max-sm:pb-(--legend)" style={{ ["--legend" as string]: legendRoom(chart) }}>
      <div className="plot-height mx-4 py-4 max-sm:mt-10">
        <Skeleton className="size-full" />
      </div>
    </div>
  );
}
