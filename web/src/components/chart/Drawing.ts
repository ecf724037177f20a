/** The canvas: owns the ECharts instance and draws scenes on it. */
import { type ECharts, init } from "./echarts";
import { optionOf } from "./option";
import type { Scene } from "./scene";

export class Drawing {
  private readonly echarts: ECharts;
  private readonly font: string;

  constructor(host: HTMLElement) {
    this.echarts = init(host);
    this.font = getComputedStyle(host).fontFamily;
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
