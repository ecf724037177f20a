/**
 * A canvas to draw on where there is none: happy-dom has no 2D context and no layout, and the chart
 * needs both. It takes every stroke and keeps nothing; drawing is tested in a real browser.
 */
const SETTINGS: Readonly<Record<string, unknown>> = {
  measureText: (text: string) => ({ width: text.length * 7 }),
  createPattern: () => ({}),
  createLinearGradient: () => ({ addColorStop: () => undefined }),
};

function makeContext(canvas: HTMLCanvasElement): unknown {
  const kept: Record<PropertyKey, unknown> = { ...SETTINGS, canvas };
  return new Proxy(kept, {
    get: (target, name) => (name in target ? target[name] : () => undefined),
  });
}

Object.defineProperty(HTMLCanvasElement.prototype, "getContext", {
  configurable: true,
  value(this: HTMLCanvasElement) {
    return makeContext(this);
  },
});

for (const [name, px] of [
  ["clientWidth", 800],
  ["clientHeight", 400],
] as const) {
  Object.defineProperty(HTMLElement.prototype, name, { configurable: true, get: () => px });
}

/** Reports the size once, as a browser does after the layout; it never changes here. */
window.ResizeObserver = class implements ResizeObserver {
  constructor(private readonly report: ResizeObserverCallback) {}

  observe(): void {
    requestAnimationFrame(() => this.report([], this));
  }

  unobserve(): void {}
  disconnect(): void {}
};
