import {
  lazy,
  type ReactNode,
  Suspense,
  useCallback,
  useEffect,
  useId,
  useMemo,
  useState,
} from "react";
import { useLiveState } from "@/api/LiveContext";
import type { Chart, ChartForm, Window } from "@/components/chart/types";
import { Card } from "@/components/ui/Card";
import { Skeleton } from "@/components/ui/Skeleton";
import { useModelLooks } from "@/hooks/useModelLooks";
import { useTheme } from "@/hooks/useTheme";
import { useFormat, useMessages } from "@/i18n";
import type { View } from "@/lib/address";
import { retrying } from "@/lib/platform/retrying";
import { chartOf } from "../data/chart";
import type { DashboardState } from "../data/useDashboard";
import type { Hidden } from "../data/useHidden";
import { EmptyNote } from "./EmptyNote";
import { Headline } from "./Headline";
import { Summary } from "./Summary";
import { Forms, Tools } from "./Tools";
import { useChartTexts } from "./useChartTexts";
import { useOrder } from "./useOrder";
import { useForm, useView } from "./useView";
import { useZoom } from "./useZoom";

const loadCanvas = () =>
  retrying(() => import("@/components/chart/CurveCanvas")).then((part) => ({
    default: part.CurveCanvas,
  }));
const CurveCanvas = lazy(loadCanvas);
const AccountMarks = lazy(() =>
  retrying(() => import("../annotations/AccountMarks")).then((part) => ({
    default: part.AccountMarks,
  })),
);

interface Props {
  readonly state: DashboardState;
  /** The same within the zoom. */
  readonly inSight: DashboardState;
  readonly hidden: Hidden;
  readonly highlighted: string | null;
  readonly onHighlight: (model: string | null) => void;
  readonly annotations: ReactNode;
}

/** The range control, the range's figures and the curve. */
export function CurvePanel(props: Props) {
  const { state, inSight, hidden, highlighted, onHighlight, annotations } = props;
  const { curve } = useMessages().dashboard;
  const [view, pickView] = useView(state.range, (state.usage?.bucket_s ?? null) !== null);
  const [form, pickForm] = useForm(view);
  const { zoom, onZoom } = useZoom(state.window);
  const chart = useChart(state, view, form, hidden);
  const [drawnForm, onForm] = useState<ChartForm | null>(null);
  const hasForms = (chart?.series.length ?? 0) > 1;
  const forms = hasForms && <Forms {...{ view, pickForm }} form={drawnForm} />;
  const hasAccount = useLiveState(({ known }) => (known.versions.account ?? 0) > 0);
  const titleId = useId();
  // The chart's code loads while the data do; if that fails, the rendering reports it.
  useEffect(() => void loadCanvas().catch(() => undefined), []);
  return (
    <Card aria-labelledby={titleId} className="flex flex-col pb-2">
      <h2 id={titleId} className="sr-only">
        {curve.title}
      </h2>
      <Tools {...{ view, pickView, forms }} />
      <Headline {...{ state, inSight, view, chart, zoom }} onReset={() => onZoom(null)} />
      <Plot {...{ state, chart, hidden, highlighted, onHighlight, zoom, onZoom, onForm }}>
        {annotations}
        {hasAccount && (
          <Suspense fallback={null}>
            <AccountMarks range={state.range} />
          </Suspense>
        )}
      </Plot>
      {/* A phone has the curve on its first screen, and this below. */}
      <div className="px-2.5 sm:hidden">{forms}</div>
    </Card>
  );
}

function useChart(state: DashboardState, view: View, form: ChartForm | null, hidden: Hidden) {
  const { zone } = useFormat();
  const theme = useTheme();
  const looks = useModelLooks();
  const { range, usage, gaps, differences, window } = state;
  const order = useOrder(range, usage);
  const models = hidden.models;
  return useMemo(() => {
    if (!usage) return undefined;
    const choices = { view, form, zone, theme, looks, hidden: models, order };
    return chartOf({ usage, gaps, differences, window, ...choices });
  }, [usage, gaps, differences, window, view, form, zone, theme, looks, models, order]);
}

interface PlotProps {
  readonly state: DashboardState;
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

function Plot(props: PlotProps) {
  const { state, chart, hidden, highlighted, onHighlight, zoom, onZoom, onForm, children } = props;
  const { curve } = useMessages().dashboard;
  const texts = useChartTexts();
  const summaryId = useId();
  const all = useMemo(() => (chart ? chart.models.map(({ key }) => key) : []), [chart]);
  const { toggle, solo } = hidden;
  const onSolo = useCallback((key: string) => solo(key, all), [solo, all]);
  return (
    <div className="relative overflow-x-clip">
      {chart ? (
        <Suspense fallback={<PlotSkeleton />}>
          <CurveCanvas
            {...{ chart, texts, zoom, onZoom, onForm, onSolo }}
            focus={highlighted}
            onToggle={toggle}
            onFocus={onHighlight}
            label={curve.chart}
            describedBy={summaryId}
            annotations={children}
          />
        </Suspense>
      ) : (
        <PlotSkeleton />
      )}
      <EmptyNote state={state} hidden={hidden} chart={chart} zoom={zoom} />
      {chart && <Summary id={summaryId} state={state} chart={chart} zoom={zoom} />}
    </div>
  );
}

/** As high as the plot, on a phone with its reading. */
function PlotSkeleton() {
  return (
    <div className="plot-height mx-4 py-4 max-sm:mt-10">
      <Skeleton className="size-full" />
    </div>
  );
}
