import { autoUpdate, flip, offset, shift, useFloating } from "@floating-ui/react-dom";
import type { ReactNode } from "react";
import { createPortal } from "react-dom";

export interface TipProps {
  readonly id: string;
  readonly anchor: Element;
  readonly text: ReactNode;
  readonly onEnter: () => void;
  readonly onLeave: () => void;
}

/** The note itself, beside its anchor and within the window. */
export function Tip({ id, anchor, text, onEnter, onLeave }: TipProps) {
  const { refs, floatingStyles } = useFloating({
    elements: { reference: anchor },
    strategy: "fixed",
    placement: "bottom",
    middleware: [offset(6), flip(), shift({ padding: 8 })],
    whileElementsMounted: autoUpdate,
  });
  return createPortal(
    <div
      ref={refs.setFloating}
      id={id}
      role="tooltip"
      style={floatingStyles}
      onPointerEnter={onEnter}
      onPointerLeave={onLeave}
      className="z-50 max-w-72 rounded-lg border border-line bg-raised px-2.5 py-1.5 text-xs text-ink shadow-pop"
    >
      {text}
    </div>,
    // Within the page's landmark; over a dialog, which hides that from screen readers, beside it.
    (anchor.closest("[role=dialog]") ? null : document.querySelector("main")) ?? document.body,
  );
}
