/** Bars per day, stacked by series, with the totals of the weeks. */
import { useMemo } from "react";
import type { RangeData } from "@/api/rangeData";
import { linearScale } from "@/components/chart/scale";
import { useFormat } from "@/i18n";
import { Columns } from "./Columns";
import { averageOf, daysOf, highestOf, weeksOf } from "./days";
import { Legend } from "./Legend";
import { useDaysTexts } from "./texts";
import { useSeries } from "./useSeries";
import { Weeks } from "./Weeks";

export function DayBars(data: RangeData) {
  const format = useFormat();
  const { zone } = format;
  const series = useSeries(data);
  const visible = useMemo(() => series.filter(({ isHidden }) => !isHidden), [series]);
  const { usage, gaps, span, past } = data;
  const days = useMemo(() => {
    const lines = new Map(usage.series.map((line) => [line.key, line]));
    const shown = visible.flatMap(({ key }) => lines.get(key) ?? []);
    return daysOf({ series: shown, gaps, span, past, zone });
  }, [usage, visible, gaps, span, past, zone]);
  const weeks = useMemo(() => weeksOf(days, zone), [days, zone]);
  const highest = highestOf(days);
  const scale = linearScale(days[highest]?.credits ?? 0);
  return (
    <div className="flex flex-col px-4 pb-3">
      {/* On a phone the legend is below the bars, which are on its first screen. */}
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-1 max-sm:contents">
        <Average {...averageOf(days)} />
        <Legend series={series} onToggle={data.onToggle} />
      </div>
      <div
        className="mt-3 flex flex-col overflow-x-clip max-sm:order-1"
        style={{ paddingLeft: `${tickRem(scale.ticks.map(format.amount))}rem` }}
      >
        <Weeks weeks={weeks} />
        <Columns {...{ days, highest, scale }} series={visible} />
      </div>
    </div>
  );
}

const DIGIT_REM = 0.42;
const BESIDE_REM = 0.75;
const LEAST_REM = 2.5;

/** The room that the values of the axis need to the left of the bars. */
function tickRem(texts: readonly string[]): number {
  const longest = Math.max(...texts.map(({ length }) => length));
  return Math.max(LEAST_REM, longest * DIGIT_REM + BESIDE_REM);
}

function Average({ credits, count }: { credits: number; count: number }) {
  const texts = useDaysTexts();
  const format = useFormat();
  return (
    <p data-testid="day-average" className="text-xs text-muted figure-nums">
      {count > 0 ? texts.average(format.amount(Math.round(credits)), count) : texts.noAverage}
    </p>
  );
}
