/** The formats of the numeric columns: the values of a column have equal decimals. */
import type { Format } from "@/i18n";
import { amountColumn, percentColumn } from "@/i18n/column";
import type { ModelStats } from "../data/stats";

export type Columns = ReturnType<typeof columnsOf>;

export function columnsOf(models: readonly ModelStats[], format: Format) {
  const perRequest = (value: (model: ModelStats) => number | null) =>
    amountColumn(
      format,
      models.flatMap((model) => value(model) ?? []),
      1,
    );
  return {
    credits: amountColumn(
      format,
      models.map(({ credits }) => credits),
    ),
    share: percentColumn(
      format,
      models.map(({ share }) => share),
    ),
    average: perRequest(({ average }) => average),
    median: perRequest(({ median }) => median),
    p95: perRequest(({ p95 }) => p95),
  };
}
