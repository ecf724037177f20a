/**
 * A short note on hover and focus. Escape closes it, and the pointer may move onto it. It only
 * repeats a text of the page. Its positioning code loads with the first note.
 */
import {
  type ComponentType,
  cloneElement,
  lazy,
  type ReactElement,
  type ReactNode,
  Suspense,
  useEffect,
  useId,
  useRef,
  useState,
} from "react";
import { retrying } from "@/lib/platform/retrying";
import type { TipProps } from "./Tip";

/** A note that cannot be loaded is left out: no text of the page is only in a note. */
const Tip = lazy<ComponentType<TipProps>>(() =>
  retrying(() => import("./Tip")).then(
    (part) => ({ default: part.Tip }),
    () => ({ default: NoTip }),
  ),
);

function NoTip() {
  return null;
}

const REST_MS = 250;
const LEAVE_MS = 120;

interface Anchor {
  readonly onPointerEnter?: () => void;
  readonly onPointerLeave?: () => void;
  readonly onFocus?: () => void;
  readonly onBlur?: () => void;
  readonly "aria-describedby"?: string | undefined;
}

interface Props {
  readonly text: ReactNode;
  /** One element that can have the focus. */
  readonly children: ReactElement<Anchor>;
}

export function Hint({ text, children }: Props) {
  const id = useId();
  const [anchor, setAnchor] = useState<HTMLSpanElement | null>(null);
  const { isOpen, open, close } = useOpening();
  const target = anchor?.firstElementChild;
  return (
    <span ref={setAnchor} className="contents">
      {cloneElement(children, {
        onPointerEnter: () => open(REST_MS),
        onPointerLeave: () => close(LEAVE_MS),
        onFocus: () => open(0),
        onBlur: () => close(0),
        "aria-describedby": isOpen ? id : undefined,
      })}
      {isOpen && target && (
        <Suspense fallback={null}>
          <Tip
            id={id}
            anchor={target}
            text={text}
            onEnter={() => open(0)}
            onLeave={() => close(LEAVE_MS)}
          />
        </Suspense>
      )}
    </span>
  );
}

/** Open or not, after a rest; Escape closes at once. */
function useOpening() {
  const [isOpen, setOpen] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const turn = (next: boolean, ms: number) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setOpen(next), ms);
  };
  useEffect(() => () => clearTimeout(timer.current), []);
  useEffect(() => {
    if (!isOpen) return;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key === "Escape") setOpen(false);
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, [isOpen]);
  return { isOpen, open: (ms: number) => turn(true, ms), close: (ms: number) => turn(false, ms) };
}
