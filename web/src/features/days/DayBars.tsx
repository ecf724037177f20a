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
  const { zone } = useFormat();
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
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-1">
        <Average {...averageOf(days)} />
        <Legend series={series} onToggle={data.onToggle} />
      </div>
      <div className="mt-3 flex flex-col overflow-x-clip pl-10 sm:pl-13">
        <Weeks weeks={weeks} />
        <Columns {...{ days, highest, scale }} series={visible} />
      </div>
    </div>
  );
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
