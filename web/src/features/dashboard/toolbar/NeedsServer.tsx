import type { ReactNode } from "react";
import { useIsServerGone } from "@/api/useIsServerGone";

/** Controls that ask the server for other data; disabled while it is gone. */
export function NeedsServer({ children }: { readonly children: ReactNode }) {
  return (
    <fieldset role="presentation" disabled={useIsServerGone()} className="contents">
      {children}
    </fieldset>
  );
}
