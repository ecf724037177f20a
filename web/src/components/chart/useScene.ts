import { type RefObject, useEffect, useLayoutEffect, useMemo, useRef } from "react";
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
export function useDrawing(element: RefObject<HTMLElement | null>, scene: Scene | null): void {
  const drawing = useRef<Drawing | null>(null);
  const current = useRef(scene);
  // ECharts starts in a task of its own: a rendering that comes in between runs effects at once.
  useEffect(() => {
    const host = element.current;
    if (!host) return;
    const cancel = after(0, () => {
      drawing.current = new Drawing(host, host.parentElement ?? host);
      if (current.current) drawing.current.show(current.current);
    });
    return () => {
      cancel();
      drawing.current?.dispose();
      drawing.current = null;
    };
  }, [element]);
  // Asked for before the browser paints: the labels beside the canvas belong to the same scene.
  useLayoutEffect(() => {
    current.current = scene;
    if (scene) drawing.current?.show(scene);
  }, [scene]);
}
