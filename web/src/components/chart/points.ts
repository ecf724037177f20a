/** A growing list of pairs in one typed array, as ECharts takes them. */
const FIRST_LENGTH = 512;

export class Points {
  private values = new Float64Array(FIRST_LENGTH);
  private length = 0;

  push(t: number, v: number): void {
    if (this.length === this.values.length) this.grow();
    this.values[this.length] = t;
    this.values[this.length + 1] = v;
    this.length += 2;
  }

  all(): Float64Array {
    return this.values.subarray(0, this.length);
  }

  private grow(): void {
    const longer = new Float64Array(2 * this.length);
    longer.set(this.values);
    this.values = longer;
  }
}
