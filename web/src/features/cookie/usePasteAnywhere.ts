/** Take a paste anywhere on the page, unless another field or a dialog above has the focus. */
import { type RefObject, useEffect, useRef } from "react";
import { isTextField } from "@/lib/typing";

export function usePasteAnywhere(
  field: RefObject<HTMLElement | null>,
  onPaste: (text: string) => void,
): void {
  const newest = useRef(onPaste);
  useEffect(() => {
    newest.current = onPaste;
  });
  useEffect(() => {
    const take = (event: globalThis.ClipboardEvent) => {
      if (event.defaultPrevented || isTextField(event.target) || isBelowDialog(field.current))
        return;
      const text = event.clipboardData?.getData("text/plain");
      if (!text) return;
      event.preventDefault();
      newest.current(text);
    };
    document.addEventListener("paste", take);
    return () => document.removeEventListener("paste", take);
  }, [field]);
}

function isBelowDialog(field: HTMLElement | null): boolean {
  const dialog = document.querySelector('[role="dialog"]');
  return dialog !== null && !dialog.contains(field);
}
