import { useLayoutEffect } from "react";

let open = 0;

/**
 * Take the page below an open dialog away from pointers and screen readers. Radix hides only the
 * parts that exist when the dialog opens; what loads later would be read.
 */
export function useInertPage(): void {
  useLayoutEffect(() => {
    turn(1);
    return () => turn(-1);
  }, []);
}

function turn(step: 1 | -1): void {
  open += step;
  document.querySelector("main")?.toggleAttribute("inert", open > 0);
}
