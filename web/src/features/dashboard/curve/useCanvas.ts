/**
 * The curve's code, half of the page. Not by `lazy`: React shows what comes after a fallback at
 * most every 300 ms, and would show the fallback even where the code is there.
 */
import { useEffect, useState } from "react";
import { retrying } from "@/lib/platform/retrying";

type Canvas = typeof import("@/components/chart/CurveCanvas").CurveCanvas;

let loading: Promise<void> | null = null;
let loaded: Canvas | null = null;

/** Load the code once; a call after a failure tries again. */
function loadCanvas(): Promise<void> {
  loading ??= retrying(() => import("@/components/chart/CurveCanvas")).then(
    (part) => {
      loaded = part.CurveCanvas;
    },
    (error: unknown) => {
      loading = null;
      throw error;
    },
  );
  return loading;
}

/**
 * Load the code once the present rendering is painted, before `useCanvas` needs it. Beside the shell
 * it would delay the figures: it is half of all bytes.
 */
export function useCanvasSoon(isWanted: boolean): void {
  useEffect(() => {
    if (isWanted) void loadCanvas().catch(() => undefined);
  }, [isWanted]);
}

/** Null while the code loads; if that fails, the rendering reports it. */
export function useCanvas(): Canvas | null {
  const [{ canvas, error }, setState] = useState<State>(() => ({ canvas: loaded, error: null }));
  useEffect(() => {
    if (canvas !== null) return;
    loadCanvas().then(
      () => setState({ canvas: loaded, error: null }),
      (reason: unknown) => setState({ canvas: null, error: reason }),
    );
  }, [canvas]);
  if (error !== null) throw error;
  return canvas;
}

interface State {
  readonly canvas: Canvas | null;
  readonly error: unknown;
}
