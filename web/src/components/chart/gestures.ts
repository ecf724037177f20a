/** What a hand does on the plot: the wheel and two fingers zoom, dragging pans. */

interface Handlers {
  /** Zooms around a place of the host; `factor` under 1 goes nearer. */
  readonly onZoom: (factor: number, x: number) => void;
  /** Moves what is in sight by so many pixels. */
  readonly onPan: (dx: number) => void;
  readonly onReset: () => void;
}

const WHEEL_RATE = 0.0015;
/** A press that moves less than this is a click. */
const SLACK_PX = 3;

/** Listens on an element; returns how to stop. */
export function listenTo(host: HTMLElement, handlers: Handlers): () => void {
  const hand = new Hand(host, handlers);
  const stop = new AbortController();
  const { signal } = stop;
  host.addEventListener("wheel", (event) => hand.wheel(event), { passive: false, signal });
  host.addEventListener("pointerdown", (event) => hand.down(event), { signal });
  host.addEventListener("pointermove", (event) => hand.move(event), { signal });
  for (const name of ["pointerup", "pointercancel"] as const) {
    host.addEventListener(name, (event) => hand.up(event), { signal });
  }
  host.addEventListener("dblclick", () => handlers.onReset(), { signal });
  return () => stop.abort();
}

class Hand {
  private readonly fingers = new Map<number, number>();
  private moved = 0;

  constructor(
    private readonly host: HTMLElement,
    private readonly handlers: Handlers,
  ) {}

  wheel(event: WheelEvent): void {
    if (event.deltaY === 0) return;
    event.preventDefault();
    const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1;
    this.handlers.onZoom(Math.exp(event.deltaY * lines * WHEEL_RATE), this.placeOf(event.clientX));
  }

  down(event: PointerEvent): void {
    if (event.button !== 0) return;
    this.fingers.set(event.pointerId, event.clientX);
    this.moved = 0;
  }

  move(event: PointerEvent): void {
    const before = this.fingers.get(event.pointerId);
    if (before === undefined) return;
    const [other] = [...this.fingers].filter(([id]) => id !== event.pointerId);
    this.fingers.set(event.pointerId, event.clientX);
    if (other) this.pinch(before, event.clientX, other[1]);
    else this.drag(event, event.clientX - before);
  }

  up(event: PointerEvent): void {
    this.fingers.delete(event.pointerId);
  }

  private drag(event: PointerEvent, dx: number): void {
    this.moved += Math.abs(dx);
    if (this.moved < SLACK_PX) return;
    if (!this.host.hasPointerCapture(event.pointerId)) {
      this.host.setPointerCapture(event.pointerId);
    }
    this.handlers.onPan(dx);
  }

  private pinch(before: number, after: number, other: number): void {
    const [was, is] = [Math.abs(before - other), Math.abs(after - other)];
    if (was > 10 && is > 10) this.handlers.onZoom(was / is, this.placeOf((after + other) / 2));
  }

  private placeOf(clientX: number): number {
    return clientX - this.host.getBoundingClientRect().left;
  }
}
