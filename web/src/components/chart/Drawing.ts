/** The canvas: owns the ECharts instance and draws scenes on it. */
import { type ECharts, init } from "./echarts";
import { optionOf, preparation } from "./option";
import type { Scene } from "./scene";

export class Drawing {
  private readonly echarts: ECharts;
  private next: Scene | null = null;
  private frame = 0;

  /** @param frame - has the size of the element, which is hidden until there is a scene. */
  constructor(host: HTMLElement, frame: HTMLElement) {
    this.echarts = init(host, null, { width: frame.clientWidth, height: frame.clientHeight });
    // The browser compiles ECharts' code here, not in the task that draws the first requests.
    this.echarts.setOption(preparation());
  }

  /** Draw the last scene of a frame, with the labels beside the canvas, which are painted then. */
  show(scene: Scene): void {
    this.next = scene;
    this.frame ||= requestAnimationFrame(() => {
      this.frame = 0;
      if (this.next) this.draw(this.next);
    });
  }

  dispose(): void {
    cancelAnimationFrame(this.frame);
    this.echarts.dispose();
  }

  private draw(scene: Scene): void {
    const { width, height } = scene.input.size;
    if (width !== this.echarts.getWidth() || height !== this.echarts.getHeight()) {
      this.echarts.resize({ width, height, silent: true });
    }
    this.echarts.setOption(optionOf(scene), { notMerge: true });
  }
}
