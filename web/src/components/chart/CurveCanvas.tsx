/** The curve: canvas, overlays, legend, gestures and keys. */
import { memo, type ReactNode, useEffect, useMemo, useRef, useState } from "react";
import { Skeleton } from "@/components/ui/Skeleton";
import { cn } from "@/lib/cn";
import { Backdrop as BackdropNow } from "./Backdrop";
import { ComparisonLines as ComparisonLinesNow } from "./ComparisonLines";
import { Crosshair } from "./Crosshair";
import { Dock } from "./Dock";
import { Ends as EndsNow } from "./Ends";
import { formOf, neededHeight } from "./form";
import { GapKey } from "./GapNames";
import { Ground as GroundNow } from "./Ground";
import { Legend as LegendNow } from "./Legend";
import type { LegendActions } from "./LegendButton";
import { legendRoom } from "./legendRoom";
import { isNarrow } from "./plot";
import { readAt } from "./reading";
import { readingText } from "./readingText";
import { SceneContext } from "./SceneContext";
import { LabelRegistry, LabelsContext } from "./sharedLanes";
import { Tooltip } from "./Tooltip";
import type { Chart, ChartForm, ChartTexts, Window } from "./types";
import { useChartKeys } from "./useChartKeys";
import { usePointer } from "./usePointer";
import { useDrawing, useScene } from "./useScene";
import { useSize } from "./useSize";

// They do not depend on the pointer.
const Backdrop = memo(BackdropNow);
const ComparisonLines = memo(ComparisonLinesNow);
const Ends = memo(EndsNow);
const Ground = memo(GroundNow);
const Legend = memo(LegendNow);

interface Props extends LegendActions {
  readonly chart: Chart;
  readonly texts: ChartTexts;
  /** The chart's name and description for screen readers. */
  readonly label: string;
  readonly describedBy: string;
  readonly focus: string | null;
  readonly zoom: Window | null;
  /** Must not change between renders. */
  readonly onZoom: (zoom: Window | null) => void;
  /** Called with the form that is drawn. */
  readonly onForm: (form: ChartForm) => void;
  /** Parts that load on demand and render `Annotations`. */
  readonly annotations?: ReactNode;
}

export function CurveCanvas(props: Props) {
  const { chart, texts, label, describedBy, focus, zoom, onZoom } = props;
  const { onToggle, onSolo, onFocus, onForm, annotations } = props;
  const frame = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLDivElement>(null);
  const size = useSize(frame);
  const scene = useScene(chart, texts, zoom, focus, size);
  useDrawing(canvas, scene);
  const form = scene?.form;
  useEffect(() => {
    if (form) onForm(form);
  }, [form, onForm]);
  const { x, setX, selection } = usePointer(canvas, scene, onZoom);
  const reading = useMemo(() => (scene && x !== null ? readAt(scene, x) : null), [scene, x]);
  const onKeyDown = useChartKeys(scene, reading, setX, onZoom);
  const [labels] = useState(() => new LabelRegistry());
  const width = size?.width ?? 0;
  const height = neededHeight(chart, formOf(chart, zoom, width), width);
  const narrow = isNarrow(width);
  return (
    <>
      {scene ? narrow && <Dock {...{ scene, reading }} /> : <div className="h-10 sm:hidden" />}
      <div
        role="application"
        aria-label={label}
        aria-describedby={describedBy}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the arrow keys move its crosshair
        tabIndex={0}
        onKeyDown={onKeyDown}
        onBlur={() => setX(null)}
        ref={frame}
        // No stop for the keyboard before there is a curve.
        className={cn(
          "plot-height relative mx-1 touch-pan-y rounded-lg select-none focus-visible:-outline-offset-2",
          !scene && "invisible",
        )}
        style={height === null ? undefined : { minHeight: height }}
      >
        {scene ? (
          <Backdrop scene={scene} />
        ) : (
          <Skeleton className="visible absolute inset-x-3 inset-y-4" />
        )}
        {scene && <ComparisonLines scene={scene} />}
        <SceneContext value={scene}>
          <LabelsContext value={labels}>{annotations}</LabelsContext>
        </SceneContext>
        <div
          ref={canvas}
          // ECharts would look for a hovered shape at each move.
          className="absolute inset-0 [&>*]:pointer-events-none"
          data-testid="curve-canvas"
          data-form={form}
          hidden={!scene}
          data-width={scene?.input.size.width}
        />
        {scene && (
          <>
            <Ground scene={scene} />
            <Crosshair scene={scene} reading={reading} selection={selection} />
            {reading && !narrow && <Tooltip scene={scene} reading={reading} />}
          </>
        )}
        {scene && <Ends {...{ scene, onToggle, onSolo, onFocus }} />}
      </div>
      {scene && <GapKey scene={scene} />}
      {scene ? (
        <Legend {...{ scene, onToggle, onSolo, onFocus }} />
      ) : (
        <div className="sm:hidden" style={{ height: legendRoom(chart) }} />
      )}
      <p aria-live="polite" className="sr-only">
        {scene && reading ? readingText(scene, reading) : ""}
      </p>
    </>
  );
}
