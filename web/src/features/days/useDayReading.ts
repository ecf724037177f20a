import { useEffect, useRef, useState } from "react";
import { useScrub } from "@/hooks/useScrub";

interface Read {
  readonly at: number;
  /** Whether a finger reads it: there is no hover, and a press elsewhere ends it. */
  readonly isFinger: boolean;
}

/** The day that is read, by the pointer or the focus. */
export function useDayReading(count: number) {
  const [read, setRead] = useState<Read | null>(null);
  const frame = useRef<HTMLDivElement>(null);
  const isFinger = read?.isFinger ?? false;
  const scrubProps = useScrub({
    across: count,
    onRead: (at, byFinger) => setRead(at === null ? null : { at, isFinger: byFinger }),
  });
  useEffect(() => {
    if (!isFinger) return;
    const onPress = ({ target }: PointerEvent) => {
      if (!(target instanceof Node && frame.current?.contains(target))) setRead(null);
    };
    document.addEventListener("pointerdown", onPress);
    return () => document.removeEventListener("pointerdown", onPress);
  }, [isFinger]);
  const focusProps = (at: number) => ({
    onFocus: () => setRead((last) => ({ at, isFinger: last?.isFinger ?? false })),
    onBlur: () => setRead((last) => (last?.isFinger ? last : null)),
  });
  return { read, frame, scrubProps, focusProps };
}
