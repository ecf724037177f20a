/**
 * The chart on its canvas: the one place that holds ECharts, as a thing that is told what to draw.
 *
 * It keeps the zoom by itself, so that a live update never changes what the user looks at.
 */
import { colorsOf, hatchOf } from "./colors";
import { type ECharts, type ECOption, init } from "./echarts";
import type { Frame } from "./frame";
import { listenTo } from "./gestures";
import { baseOption, frameOption, groundOption } from "./options";
import { nearestPoint, readAt } from "./reading";
import { tooltipOf } from "./tooltip";
import type { Chart, ChartColors, ChartTexts, Window } from "./types";
import { panned, within, zoomed } from "./zoom";

interface Listeners {
  readonly onZoom: (zoom: Window | null) => void;
}

export class Drawing {
  private readonly echarts: ECharts;
  private readonly stopListening: () => void;
  private colors: ChartColors;
  private pattern: HTMLCanvasElement | null;
  private texts: ChartTexts | null = null;
  /** What is to be set with the next frame, for good. */
  private base: ECOption | null = null;
  private chart: Chart | null = null;
  private standing: Frame | null = null;
  private zoom: Window | null = null;
  private highlighted: string | null = null;
  private nextFrame = 0;

  constructor(
    private readonly host: HTMLElement,
    private readonly listeners: Listeners,
  ) {
    this.echarts = init(host);
    this.colors = colorsOf(host);
    this.pattern = hatchOf(this.colors);
    this.stopListening = listenTo(host, {
      onZoom: (factor, x) => this.zoomAround(factor, this.instantAt(x)),
      onPan: (dx) => this.pan(dx),
      onReset: () => this.zoomTo(null),
    });
  }

  /** Language, zone, theme or motion have changed. */
  dress(texts: ChartTexts, isMotionWanted: boolean): void {
    this.texts = texts;
    this.colors = colorsOf(this.host);
    this.pattern = hatchOf(this.colors);
    this.base = baseOption(this.colors, texts, isMotionWanted);
    this.standing = null;
    this.drawSoon();
  }

  show(chart: Chart): void {
    const before = this.chart;
    this.chart = chart;
    if (this.zoom)
      this.setZoom(isFollowing(before, chart) ? within(this.zoom, chart.window) : null);
    this.drawSoon();
  }

  zoomTo(zoom: Window | null): void {
    this.setZoom(zoom);
    this.drawSoon();
  }

  /** Zooms around the middle of what is in sight; `factor` under 1 goes nearer. */
  zoomBy(factor: number): void {
    const sight = this.sight();
    if (sight) this.zoomAround(factor, (sight.from + sight.to) / 2);
  }

  /** Brings one line forward; null brings all back. */
  highlight(key: string | null): void {
    if (key === this.highlighted) return;
    if (this.highlighted !== null) this.tell("downplay", this.highlighted);
    this.highlighted = key;
    if (key !== null) this.tell("highlight", key);
  }

  /** Puts the crosshair on an instant; null takes it away. */
  point(t: number | null): void {
    if (t === null) {
      this.echarts.dispatchAction({ type: "hideTip" });
      this.echarts.dispatchAction({ type: "updateAxisPointer", currTrigger: "leave" });
      return;
    }
    const x = this.echarts.convertToPixel({ xAxisIndex: 0 }, t);
    this.echarts.dispatchAction({ type: "showTip", x, y: this.echarts.getHeight() / 3 });
  }

  resize(): void {
    const { clientWidth, clientHeight } = this.host;
    const isSame =
      clientWidth === this.echarts.getWidth() && clientHeight === this.echarts.getHeight();
    if (isSame) return;
    // Its note would stay where the plot no longer is.
    this.point(null);
    this.echarts.resize();
    this.drawSoon();
  }

  dispose(): void {
    cancelAnimationFrame(this.nextFrame);
    this.stopListening();
    this.echarts.dispose();
  }

  private tell(type: "highlight" | "downplay", key: string): void {
    this.echarts.dispatchAction({ type, seriesId: `line ${key}` });
  }

  /** With the next frame, however often it is asked for until then. */
  private drawSoon(): void {
    cancelAnimationFrame(this.nextFrame);
    this.nextFrame = requestAnimationFrame(() => this.draw());
  }

  private draw(): void {
    const { chart, texts, zoom, colors, pattern } = this;
    if (!chart || !texts) return;
    const frame: Frame = { chart, zoom, width: this.echarts.getWidth(), colors, texts, pattern };
    if (this.base) {
      // First the axes, the lines with the frame after: each within a frame's time of the browser.
      this.setBase();
      this.echarts.setOption(groundOption(frame));
      this.drawSoon();
      return;
    }
    this.echarts.setOption(frameOption(frame, this.standing), { replaceMerge: ["series"] });
    this.standing = frame;
    if (this.highlighted !== null) this.tell("highlight", this.highlighted);
  }

  private setBase(): void {
    if (!this.base) return;
    const formatter = (parameters: unknown) => this.note(parameters);
    const option = { ...this.base, tooltip: { ...this.base.tooltip, formatter } };
    this.echarts.setOption(option, { lazyUpdate: true });
    this.base = null;
  }

  private sight(): Window | null {
    return this.zoom ?? this.chart?.window ?? null;
  }

  private zoomAround(factor: number, t: number | null): void {
    const sight = this.sight();
    if (!this.chart || !sight || t === null) return;
    const around = Math.min(Math.max(t, sight.from), sight.to);
    this.zoomTo(zoomed(sight, this.chart.window, factor, around));
  }

  private pan(dx: number): void {
    const [start, end] = [this.instantAt(0), this.instantAt(dx)];
    if (!this.zoom || !this.chart || start === null || end === null) return;
    this.zoomTo(panned(this.zoom, this.chart.window, start - end));
  }

  private instantAt(x: number): number | null {
    return this.standing ? this.echarts.convertFromPixel({ xAxisIndex: 0 }, x) : null;
  }

  private setZoom(zoom: Window | null): void {
    if (zoom === this.zoom) return;
    this.zoom = zoom;
    this.listeners.onZoom(zoom);
  }

  private note(parameters: unknown): HTMLElement | string {
    const { chart, texts } = this;
    const pointed = axisValueOf(parameters);
    if (!chart || !texts || pointed === null) return "";
    const t = nearestPoint(chart, pointed);
    return t === null ? "" : tooltipOf(readAt(chart, t), texts);
  }
}

/** Whether a chart shows the same span as before, moved on by the time that has passed. */
function isFollowing(before: Chart | null, chart: Chart): boolean {
  if (!before) return false;
  const [one, other] = [before.window, chart.window];
  return Math.abs(one.to - one.from - (other.to - other.from)) < 1_000 && one.from <= other.from;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

function axisValueOf(parameters: unknown): number | null {
  const first: unknown = Array.isArray(parameters) ? parameters[0] : parameters;
  return isObject(first) && typeof first.axisValue === "number" ? first.axisValue : null;
}
