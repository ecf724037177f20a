/** Shows the page, or asks for the access key if the server requires it. */
import { type ReactNode, Suspense, useEffect, useState } from "react";
import { onKeyRequired } from "@/api/http";
import { useLive } from "@/api/LiveContext";
import { KeyForm } from "./parts";

export function KeyGate({ children }: { children: ReactNode }) {
  const [isLocked, setLocked] = useState(false);
  const live = useLive();
  useEffect(() => {
    const lock = () => setLocked(true);
    const lockIfStreamIs = () => {
      if (live.getState().connection === "locked") lock();
    };
    // The stream may have been refused before the first render.
    lockIfStreamIs();
    const stops = [live.subscribe(lockIfStreamIs), onKeyRequired(lock)];
    return () => {
      for (const stop of stops) stop();
    };
  }, [live]);
  if (!isLocked) return children;
  return (
    <Suspense fallback={null}>
      <KeyForm
        onOpened={() => {
          setLocked(false);
          live.retry();
        }}
      />
    </Suspense>
  );
}
