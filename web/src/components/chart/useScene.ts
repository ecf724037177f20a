import { startTransition, useEffect, useLayoutEffect, useMemo, useState } from "react";
import { useTheme } from "@/hooks/useTheme";
import { after } from "@/lib/platform/after";
import { CHART_COLORS } from "./colors";
import { Drawing } from "./Drawing";
import type { Size } from "./plot";
import { type Scene, sceneOf } from "./scene";
import type { Chart, ChartTexts, Window } from "./types";

/** The scene of the chart's state; null until the size is known. */
export function useScene(
  chart: Chart,
  texts: ChartTexts,
  zoom: Window | null,
  focus: string | null,
  size: Size | null,
): Scene | null {
  const theme = useTheme();
  const colors = CHART_COLORS[theme];
  return useMemo(() => {
    if (!size || size.width === 0) return null;
    const pixelRatio = window.devicePixelRatio;
    return sceneOf({ chart, zoom, size, texts, colors, focus, pixelRatio });
  }, [chart, zoom, size, texts, colors, focus]);
}

/** Draw the scene on a canvas within the element. */
export function useDrawing(host: HTMLElement | null, scene: Scene | null): void {
  const [drawing, setDrawing] = useState<Drawing | null>(null);
  // ECharts starts in a task of its own: a rendering that comes in between runs effects at once.
  useEffect(() => {
    if (!host) return;
    let made: Drawing | null = null;
    const cancel = after(0, () => {
      made = new Drawing(host, host.parentElement ?? host);
      startTransition(() => setDrawing(made));
    });
    return () => {
      cancel();
      made?.dispose();
    };
  }, [host]);
  // Asked for before the browser paints: the labels beside the canvas belong to the same scene.
  useLayoutEffect(() => {
    if (drawing && scene) drawing.show(scene);
  }, [drawing, scene]);
}
