import { type RefObject, startTransition, useLayoutEffect, useState } from "react";
import type { Size } from "./plot";

/**
 * The size of an element; null until the browser has laid it out for the next frame: to ask for it
 * earlier would lay out the page within the task that renders it. It changes in a transition: a
 * scene of many requests is computed and drawn in tasks of its own.
 */
export function useSize(element: RefObject<HTMLElement | null>): Size | null {
  const [size, setSize] = useState<Size | null>(null);
  useLayoutEffect(() => {
    const host = element.current;
    if (!host) return;
    const measure = () => {
      const { clientWidth: width, clientHeight: height } = host;
      startTransition(() =>
        setSize((before) =>
          before?.width === width && before.height === height ? before : { width, height },
        ),
      );
    };
    const observer = new ResizeObserver(measure);
    observer.observe(host);
    return () => observer.disconnect();
  }, [element]);
  return size;
}
