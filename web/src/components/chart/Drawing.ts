/** The canvas: owns the ECharts instance and draws scenes on it. */
import { type ECharts, init } from "./echarts";
import { optionOf, preparation } from "./option";
import type { Scene } from "./scene";

export class Drawing {
  private readonly echarts: ECharts;
  private readonly font: string;

  /** @param frame - has the size of the element, which is hidden until there is a scene. */
  constructor(host: HTMLElement, frame: HTMLElement) {
    this.echarts = init(host, null, { width: frame.clientWidth, height: frame.clientHeight });
    this.font = getComputedStyle(host).fontFamily;
    // The browser compiles ECharts' code here, not in the task that draws the first requests.
    this.echarts.setOption(preparation(this.font));
  }

  draw(scene: Scene): void {
    const { width, height } = scene.input.size;
    if (width !== this.echarts.getWidth() || height !== this.echarts.getHeight()) {
      this.echarts.resize({ width, height, silent: true });
    }
    this.echarts.setOption(optionOf(scene, this.font), { notMerge: true });
  }

  dispose(): void {
    this.echarts.dispose();
  }
}
