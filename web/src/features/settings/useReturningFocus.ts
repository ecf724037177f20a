import { type RefObject, useEffect, useRef } from "react";

/**
 * Moves the focus to the title of the page when a control opened it, and back to that control when
 * the page is left. A page that was opened by its address leaves the focus where the browser put it.
 */
export function useReturningFocus(): RefObject<HTMLHeadingElement | null> {
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    const opener = document.activeElement;
    if (!(opener instanceof HTMLElement) || opener === document.body) return;
    title.current?.focus({ preventScroll: true });
    window.scrollTo({ top: 0 });
    return () => opener.focus({ preventScroll: true });
  }, []);
  return title;
}
