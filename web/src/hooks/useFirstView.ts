import { useEffect } from "react";
import { announceFirstView } from "@/lib/platform/firstView";

/** Announce the first view once it is painted. */
export function useFirstView(isRendered: boolean): void {
  useEffect(() => {
    if (isRendered) requestAnimationFrame(() => setTimeout(announceFirstView));
  }, [isRendered]);
}
