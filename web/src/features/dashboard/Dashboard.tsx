/** The page in everyday use: figures of now, the curve of a range, and the models in comparison. */
import {
  type ComponentType,
  lazy,
  type ReactNode,
  Suspense,
  startTransition,
  useDeferredValue,
  useEffect,
  useMemo,
  useState,
} from "react";
import type { RangeData } from "@/api/rangeData";
import { useRange } from "@/api/useRange";
import { Card } from "@/components/ui/Card";
import { useAddress } from "@/hooks/useAddress";
import { useFormat } from "@/i18n";
import { afterFirstView } from "@/lib/platform/firstView";
import { hasDays } from "@/lib/range";
import { CurvePanel } from "./curve/CurvePanel";
import { CurvePlace } from "./curve/CurvePlace";
import { useCanvasSoon } from "./curve/useCanvas";
import { useView } from "./curve/useView";
import { useAddressZoom } from "./curve/useZoom";
import { narrowed } from "./data/narrow";
import { useDashboard } from "./data/useDashboard";
import { useHidden } from "./data/useHidden";
import { useRangeData } from "./data/useRangeData";
import { Figures } from "./figures/Figures";
import { Waiting } from "./models/Waiting";

/** Below the curve, and loaded after it. */
const Details = lazy(() =>
  afterFirstView(() => import("./later")).then((part) => ({ default: part.Details })),
);

interface Props {
  /** The table of single requests. */
  readonly records: ReactNode;
  /** Within the chart: parts that render `Annotations`. */
  readonly annotations?: ReactNode;
  /** Bars per day, in place of the curve. */
  readonly DayBars: ComponentType<RangeData>;
  /** Credits by weekday and hour, below the curve. */
  readonly HeatMap: ComponentType<RangeData>;
}

export function Dashboard({ records, annotations, DayBars, HeatMap }: Props) {
  const format = useFormat();
  const range = useRange();
  const [chosen, pickView] = useView(range);
  const [{ zoom: wanted }] = useAddress();
  // Days and intervals are sums anyway; single requests of weeks are many.
  const isBrief = hasDays(range) && chosen !== "requests" && wanted === null;
  const state = useDashboard(range, isBrief);
  const zoom = useAddressZoom(state.window);
  const inSight = useMemo(() => narrowed(state, zoom, format.zone), [state, zoom, format.zone]);
  const hidden = useHidden(state.usage?.by === "api_key" ? "api_key" : "model");
  const days = useRangeData(state, hidden);
  const [highlighted, onHighlight] = useState<string | null>(null);
  const shared = { hidden, highlighted, onHighlight };
  // The table is rendered after the curve.
  const later = useDeferredValue(inSight);
  const isPainted = useIsPainted();
  useCanvasSoon(!hasDays(range));
  if (!isPainted) {
    return (
      <>
        <Figures {...state} />
        <CurvePlace />
      </>
    );
  }
  return (
    <>
      <Figures {...state} />
      <CurvePanel
        {...{ chosen, pickView, state, inSight, annotations }}
        {...shared}
        days={days && <DayBars {...days} />}
      />
      {days && (
        <Suspense fallback={null}>
          <HeatMap {...days} />
        </Suspense>
      )}
      <Suspense
        fallback={
          <Card>
            <Waiting />
          </Card>
        }
      >
        <Details state={later} records={records} {...shared} />
      </Suspense>
    </>
  );
}

/**
 * False for the figures, which are painted first: all at once would be one long task. React would
 * not defer a value where the page itself is rendered as a deferred one.
 */
function useIsPainted(): boolean {
  const [isPainted, setPainted] = useState(false);
  useEffect(() => startTransition(() => setPainted(true)), []);
  return isPainted;
}
