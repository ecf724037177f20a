/** Gestures on the plot: drag selects, Ctrl or ⌘ with the wheel zooms, two fingers zoom and move. */

export interface Handlers {
  /** Zoom around a place (a `factor` under 1 zooms in), then move by `dx` pixels. */
  readonly onZoom: (factor: number, x: number, dx: number) => void;
  /** The place of the pointer; null when it leaves. */
  readonly onPoint: (x: number | null) => void;
  /** The span being selected; null when the selection ends. */
  readonly onSelecting: (span: readonly [number, number] | null) => void;
  readonly onSelect: (from: number, to: number) => void;
  readonly onReset: () => void;
}

const WHEEL_RATE = 0.0015;
/** A press that moves less than this is a click. */
const SLACK_PX = 6;
const LINE_PX = 16;
const LEAST_PINCH_PX = 10;

/** Listen on an element; returns the function that stops. */
export function listenTo(host: HTMLElement, handlers: Handlers): () => void {
  const pointer = new PointerGestures(host, handlers);
  const stop = new AbortController();
  const { signal } = stop;
  host.addEventListener("wheel", (event) => pointer.wheel(event), { passive: false, signal });
  host.addEventListener("pointerdown", (event) => pointer.down(event), { signal });
  host.addEventListener("pointermove", (event) => pointer.move(event), { signal });
  host.addEventListener("pointerup", (event) => pointer.up(event), { signal });
  host.addEventListener("pointercancel", (event) => pointer.cancel(event), { signal });
  host.addEventListener("pointerleave", (event) => pointer.leave(event), { signal });
  host.addEventListener("dblclick", () => handlers.onReset(), { signal });
  return () => stop.abort();
}

class PointerGestures {
  private readonly fingers = new Map<number, number>();
  private pressed: number | null = null;
  /** The zoom that waits for the next frame. */
  private waiting: { factor: number; x: number; dx: number } | null = null;

  constructor(
    private readonly host: HTMLElement,
    private readonly handlers: Handlers,
  ) {}

  wheel(event: WheelEvent): void {
    if (event.deltaY === 0 || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    const px = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? LINE_PX : 1;
    this.zoomSoon(Math.exp(event.deltaY * px * WHEEL_RATE), this.xOf(event), 0);
  }

  down(event: PointerEvent): void {
    if (event.button !== 0) return;
    if (event.pointerType === "touch") {
      this.fingers.set(event.pointerId, event.clientX);
      this.handlers.onPoint(this.xOf(event));
      return;
    }
    this.pressed = this.xOf(event);
    this.host.setPointerCapture(event.pointerId);
  }

  move(event: PointerEvent): void {
    const x = this.xOf(event);
    if (this.fingers.has(event.pointerId)) this.pinch(event);
    if (this.pressed !== null && Math.abs(x - this.pressed) > SLACK_PX) {
      this.handlers.onPoint(null);
      this.handlers.onSelecting([Math.min(x, this.pressed), Math.max(x, this.pressed)]);
    } else if (this.fingers.size < 2) this.handlers.onPoint(x);
  }

  up(event: PointerEvent): void {
    this.fingers.delete(event.pointerId);
    const { pressed } = this;
    this.pressed = null;
    if (pressed === null) return;
    this.handlers.onSelecting(null);
    const x = this.xOf(event);
    if (Math.abs(x - pressed) > SLACK_PX) {
      this.handlers.onSelect(Math.min(x, pressed), Math.max(x, pressed));
    }
  }

  cancel(event: PointerEvent): void {
    this.fingers.delete(event.pointerId);
    this.pressed = null;
    this.handlers.onSelecting(null);
  }

  /** The reading of a finger stays when it is lifted. */
  leave(event: PointerEvent): void {
    if (event.pointerType === "touch" || this.pressed !== null) return;
    this.handlers.onPoint(null);
  }

  /** Zoom by the distance of two fingers, move with their middle. */
  private pinch(event: PointerEvent): void {
    const before = this.fingers.get(event.pointerId) ?? event.clientX;
    const other = [...this.fingers].find(([id]) => id !== event.pointerId)?.[1];
    this.fingers.set(event.pointerId, event.clientX);
    if (other === undefined) return;
    const [was, is] = [Math.abs(before - other), Math.abs(event.clientX - other)];
    if (was <= LEAST_PINCH_PX || is <= LEAST_PINCH_PX) return;
    this.handlers.onPoint(null);
    const { left } = this.host.getBoundingClientRect();
    const middle = (event.clientX + other) / 2;
    this.zoomSoon(was / is, middle - left, middle - (before + other) / 2);
  }

  /** One zoom per frame, however many events arrive. */
  private zoomSoon(factor: number, x: number, dx: number): void {
    const before = this.waiting;
    this.waiting = { factor: (before?.factor ?? 1) * factor, x, dx: (before?.dx ?? 0) + dx };
    if (before) return;
    requestAnimationFrame(() => {
      if (this.waiting) this.handlers.onZoom(this.waiting.factor, this.waiting.x, this.waiting.dx);
      this.waiting = null;
    });
  }

  private xOf(event: MouseEvent): number {
    return event.clientX - this.host.getBoundingClientRect().left;
  }
}
