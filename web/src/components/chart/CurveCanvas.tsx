/** The drawn curve within React: tells the drawing what has changed, and takes keys for it. */
import { useEffect, useRef, useState } from "react";
import { useReducedMotion } from "@/hooks/useMediaQuery";
import { useTheme } from "@/hooks/useTheme";
import { Drawing } from "./Drawing";
import type { Chart, ChartTexts, Window } from "./types";
import { useChartKeys } from "./useChartKeys";

interface Props {
  readonly chart: Chart;
  readonly texts: Omit<ChartTexts, "font">;
  /** The chart's name, and its keys, for a screen reader. */
  readonly label: string;
  readonly describedBy: string;
  readonly highlighted: string | null;
  readonly zoom: Window | null;
  readonly onZoom: (zoom: Window | null) => void;
}

export function CurveCanvas(props: Props) {
  const { chart, texts, label, describedBy, highlighted, zoom, onZoom } = props;
  const host = useRef<HTMLDivElement>(null);
  const [drawing, setDrawing] = useState<Drawing | null>(null);
  const theme = useTheme();
  const isReduced = useReducedMotion();
  const { onKeyDown, onBlur, said } = useChartKeys(drawing, chart, zoom ?? chart.window, texts);

  useEffect(() => {
    if (!host.current) return;
    const made = new Drawing(host.current, { onZoom });
    const observer = new ResizeObserver(() => made.resize());
    observer.observe(host.current);
    setDrawing(made);
    return () => {
      observer.disconnect();
      made.dispose();
    };
  }, [onZoom]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the theme is read from the styles
  useEffect(() => {
    if (!drawing || !host.current) return;
    const font = getComputedStyle(host.current).fontFamily;
    drawing.dress({ ...texts, font }, !isReduced);
  }, [drawing, texts, theme, isReduced]);

  useEffect(() => drawing?.show(chart), [drawing, chart]);
  useEffect(() => drawing?.highlight(highlighted), [drawing, highlighted]);
  useEffect(() => {
    if (zoom === null) drawing?.zoomTo(null);
  }, [drawing, zoom]);

  return (
    <>
      <div
        role="application"
        aria-label={label}
        aria-describedby={describedBy}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the arrow keys move its crosshair
        tabIndex={0}
        onKeyDown={onKeyDown}
        onBlur={onBlur}
        className="absolute inset-x-1 inset-y-0 touch-pan-y rounded-lg focus-visible:-outline-offset-2"
      >
        <div ref={host} className="size-full" data-testid="curve-canvas" />
      </div>
      <p aria-live="polite" className="sr-only">
        {said}
      </p>
    </>
  );
}
