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
  type RefObject,
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
  const frame = useRef<HTMLSpanElement>(null);
  const { anchor, open, close } = useOpening(frame);
  return (
    <span ref={frame} className="contents">
      {cloneElement(children, {
        onPointerEnter: () => open(REST_MS),
        onPointerLeave: () => close(LEAVE_MS),
        onFocus: () => open(0),
        onBlur: () => close(0),
        "aria-describedby": anchor ? id : undefined,
      })}
      {anchor && (
        <Suspense fallback={null}>
          <Tip
            id={id}
            anchor={anchor}
            text={text}
            onEnter={() => open(0)}
            onLeave={() => close(LEAVE_MS)}
          />
        </Suspense>
      )}
    </span>
  );
}

/** The element that the note belongs to while it is open, after a rest; Escape closes it at once. */
function useOpening(frame: RefObject<HTMLElement | null>) {
  const [anchor, setAnchor] = useState<Element | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const turn = (ms: number, next: () => Element | null) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setAnchor(next()), ms);
  };
  useEffect(() => () => clearTimeout(timer.current), []);
  const isOpen = anchor !== null;
  useEffect(() => {
    if (!isOpen) return;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key === "Escape") setAnchor(null);
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, [isOpen]);
  const open = (ms: number) => turn(ms, () => frame.current?.firstElementChild ?? null);
  return { anchor, open, close: (ms: number) => turn(ms, () => null) };
}
