/** Average credits by weekday and hour: a table whose cells have the steps of one colour. */
import { useId, useMemo, useState } from "react";
import type { RangeData } from "@/api/rangeData";
import { Card } from "@/components/ui/Card";
import { useFormat } from "@/i18n";
import { HeatGrid } from "./HeatGrid";
import { HeatLegend } from "./HeatLegend";
import { heatOf, highestAverage, placeOf } from "./heat";
import { useDaysTexts } from "./texts";
import { useCellText } from "./useCellText";

export function HeatMap({ usage, gaps, span, past, hidden }: RangeData) {
  const texts = useDaysTexts();
  const format = useFormat();
  const { zone } = format;
  const titleId = useId();
  const [read, setRead] = useState<number | null>(null);
  const rows = useMemo(() => {
    const series = usage.series.filter(({ key }) => !hidden.has(key));
    return heatOf({ series, gaps, span, past, zone });
  }, [usage, hidden, gaps, span, past, zone]);
  const highest = highestAverage(rows);
  const present = past.to < span.to || past.to === span.to ? placeOf(past.to - 1, zone) : -1;
  const cellText = useCellText(rows);
  return (
    <Card aria-labelledby={titleId} className="flex flex-col gap-3 p-4 sm:px-5">
      <div className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
        <h2 id={titleId} className="text-sm font-semibold">
          {texts.heat}
        </h2>
        <p data-testid="heat-reading" className="text-xs text-muted figure-nums max-sm:w-full">
          {read === null ? texts.heatUnit(format.unitName) : cellText(read)}
        </p>
        <HeatLegend highest={highest} />
      </div>
      <HeatGrid {...{ rows, highest, cellText, titleId }} present={present} onRead={setRead} />
    </Card>
  );
}
