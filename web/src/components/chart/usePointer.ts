import { type RefObject, useEffect, useRef, useState } from "react";
import { listenTo } from "./gestures";
import { timeAt } from "./plot";
import type { Scene } from "./scene";
import type { Window } from "./types";
import { zoomed, zoomOf } from "./zoom";

type Span = readonly [number, number];

/** The crosshair's place and the selected span, driven by gestures on the element. */
export function usePointer(
  element: RefObject<HTMLElement | null>,
  scene: Scene | null,
  onZoom: (zoom: Window | null) => void,
) {
  const [x, setX] = useState<number | null>(null);
  const [selection, setSelection] = useState<Span | null>(null);
  const current = useRef(scene);
  useEffect(() => {
    current.current = scene;
  }, [scene]);
  useEffect(() => {
    const host = element.current;
    if (!host) return;
    const withScene = (act: (scene: Scene) => void) => {
      if (current.current) act(current.current);
    };
    return listenTo(host, {
      onPoint: (place) => withScene((now) => setX(isOnPlot(now, place) ? place : null)),
      onSelecting: setSelection,
      onSelect: (from, to) => withScene((now) => onZoom(selected(now, from, to))),
      onZoom: (factor, place, dx) => withScene((now) => onZoom(zoomAround(now, factor, place, dx))),
      onReset: () => onZoom(null),
    });
  }, [element, onZoom]);
  return { x, setX, selection };
}

const SLACK_PX = 4;

function isOnPlot({ plot }: Scene, x: number | null): boolean {
  return x !== null && x >= plot.left - SLACK_PX && x <= plot.right + SLACK_PX;
}

function selected({ plot, sight, input }: Scene, from: number, to: number): Window | null {
  const at = (x: number) => timeAt(plot, sight, Math.min(Math.max(x, plot.left), plot.right));
  return zoomOf({ from: at(from), to: at(to) }, input.chart.window);
}

/** Zoom around a place of the chart, then move by `dx` pixels. */
export function zoomAround(scene: Scene, factor: number, x: number, dx = 0): Window | null {
  const { plot, input } = scene;
  const { window } = input.chart;
  const sight = input.zoom ?? window;
  const t = timeAt(plot, scene.sight, Math.min(Math.max(x, plot.left), plot.right));
  const next = zoomed(sight, window, factor, Math.min(Math.max(t, sight.from), sight.to));
  const ms = (dx / plot.width) * (sight.to - sight.from) * factor;
  return next && zoomOf({ from: next.from - ms, to: next.to - ms }, window);
}
