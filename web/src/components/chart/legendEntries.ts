/** The entries of the legend: the ends of the series and the hidden models, in a fixed order. */
import type { End, Scene } from "./scene";
import type { SeriesName } from "./types";

export interface LegendEntry extends End {
  readonly isHidden: boolean;
}

/** Hiding a model does not reorder the entries, so that the focus stays where it is. */
export function legendEntries({ ends, input, plot }: Scene): readonly LegendEntry[] {
  const shown = new Map(ends.map((end) => [end.series?.key ?? null, end]));
  const total = shown.get(null);
  const models = input.chart.models.map((model): LegendEntry => {
    const end = shown.get(model.key);
    return end ? { ...end, isHidden: false } : hiddenEntry(model, plot.bottom);
  });
  return total ? [{ ...total, isHidden: false }, ...models] : models;
}

/** Below all labels. */
function hiddenEntry(series: SeriesName, y: number): LegendEntry {
  const nothing = { dotY: null, hasLeader: false, isHollow: false, note: "" };
  return { ...nothing, series, value: null, t: 0, y, isHidden: true };
}
