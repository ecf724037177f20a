/**
 * The chart on its canvas: the one place that holds ECharts, as a thing that is told what to draw.
 *
 * It keeps the zoom by itself, so that a live update never changes what the user looks at.
 */
import { colorsOf, hatchOf } from "./colors";
import { type ECharts, init } from "./echarts";
import { baseOption, type Frame, frameOption } from "./options";
import { nearestPoint, readAt } from "./reading";
import { tooltipOf } from "./tooltip";
import type { Chart, ChartColors, ChartTexts, Window } from "./types";

interface Listeners {
  readonly onZoom: (zoom: Window | null) => void;
}

export class Drawing {
  private readonly echarts: ECharts;
  private colors: ChartColors;
  private pattern: HTMLCanvasElement | null;
  private texts: ChartTexts | null = null;
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
    this.echarts.on("datazoom", (event) => this.takeZoom(event));
    this.echarts.getZr().on("dblclick", () => this.zoomTo(null));
  }

  /** Language, zone, theme or motion have changed. */
  dress(texts: ChartTexts, isMotionWanted: boolean): void {
    this.texts = texts;
    this.colors = colorsOf(this.host);
    this.pattern = hatchOf(this.colors);
    const base = baseOption(this.colors, texts, isMotionWanted);
    this.echarts.setOption({
      ...base,
      tooltip: { ...base.tooltip, formatter: (parameters: unknown) => this.note(parameters) },
    });
    this.standing = null;
    this.draw();
  }

  show(chart: Chart): void {
    const isOther = this.chart !== null && !isOverlapping(this.chart.window, chart.window);
    this.chart = chart;
    if (isOther || (this.zoom && !isOverlapping(this.zoom, chart.window))) this.setZoom(null);
    this.draw();
  }

  zoomTo(zoom: Window | null): void {
    this.setZoom(zoom && this.chart ? clamped(zoom, this.chart.window) : null);
    this.draw();
  }

  /** Zooms around the middle of what is in sight; `factor` under 1 goes nearer. */
  zoomBy(factor: number): void {
    if (!this.chart) return;
    const { from, to } = this.zoom ?? this.chart.window;
    const half = (Math.max(10_000, (to - from) * factor) - (to - from)) / 2;
    this.zoomTo({ from: from - half, to: to + half });
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
    this.echarts.resize();
    this.draw();
  }

  dispose(): void {
    cancelAnimationFrame(this.nextFrame);
    this.echarts.dispose();
  }

  private tell(type: "highlight" | "downplay", key: string): void {
    this.echarts.dispatchAction({ type, seriesId: `line ${key}` });
  }

  private draw(): void {
    cancelAnimationFrame(this.nextFrame);
    const { chart, texts, zoom, colors, pattern } = this;
    if (!chart || !texts || this.echarts.isDisposed()) return;
    const width = this.echarts.getWidth();
    const frame: Frame = { chart, zoom, width, colors, texts, pattern };
    const option = frameOption(frame, this.standing);
    this.echarts.setOption(option, { replaceMerge: ["series"], lazyUpdate: false });
    this.standing = frame;
    if (this.highlighted !== null) this.tell("highlight", this.highlighted);
  }

  private takeZoom(event: unknown): void {
    const percent = percentOf(event);
    if (!percent || !this.chart) return;
    const { from, to } = this.chart.window;
    const length = (to - from) / 100;
    const zoom = { from: from + percent.start * length, to: from + percent.end * length };
    this.setZoom(percent.end - percent.start > 99.9 ? null : zoom);
    cancelAnimationFrame(this.nextFrame);
    this.nextFrame = requestAnimationFrame(() => this.draw());
  }

  private setZoom(zoom: Window | null): void {
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

function isOverlapping(one: Window, other: Window): boolean {
  return one.from < other.to && other.from < one.to;
}

function clamped({ from, to }: Window, bounds: Window): Window | null {
  const zoom = { from: Math.max(from, bounds.from), to: Math.min(to, bounds.to) };
  return zoom.from <= bounds.from && zoom.to >= bounds.to ? null : zoom;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

/** ECharts tells of a zoom in percent, alone or in a batch. */
function percentOf(event: unknown): { readonly start: number; readonly end: number } | null {
  if (!isObject(event)) return null;
  const part: unknown = Array.isArray(event.batch) ? event.batch[0] : event;
  if (!isObject(part) || typeof part.start !== "number" || typeof part.end !== "number")
    return null;
  return { start: part.start, end: part.end };
}

function axisValueOf(parameters: unknown): number | null {
  const first: unknown = Array.isArray(parameters) ? parameters[0] : parameters;
  return isObject(first) && typeof first.axisValue === "number" ? first.axisValue : null;
}
