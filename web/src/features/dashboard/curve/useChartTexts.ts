import { useMemo } from "react";
import type { ChartTexts } from "@/components/chart/types";
import { type Format, type Messages, useFormat, useMessages } from "@/i18n";
import { atFirstUse } from "@/lib/atFirstUse";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "@/lib/time";

/** The chart's texts and formats, in the user's language and zone. */
export function useChartTexts(previous: string): ChartTexts {
  const { curve, models } = useMessages().dashboard;
  const format = useFormat();
  return useMemo(() => {
    const dayOfMonth = atFirstUse(
      () => new Intl.DateTimeFormat("en", { timeZone: format.zone, day: "numeric" }),
    );
    return {
      zone: format.zone,
      number: format.amount,
      time: format.time,
      instant: format.instant,
      second: (t) => format.instant(t).slice(11),
      day: format.day,
      dayOfMonth: (t) => dayOfMonth().format(t),
      duration: format.length,
      age: (ms) => ageText(ms, format.length, curve.now),
      total: curve.tooltipTotal,
      previous,
      usual: curve.usual,
      requests: curve.requestCount,
      several: curve.several,
      others: models.others,
      soFar: curve.soFar,
      isPartOfInterval: curve.isPart,
      gaps: curve.gaps,
      difference: (theirs, ours) => curve.difference(format.signedAmount(theirs - ours)),
      unit: {
        request: curve.unit.request(format.unitName),
        since: (moment) => curve.unit.since(format.unitName, moment),
        interval: (ms) => unitText(ms, curve.unit, format),
      },
      ends: curve.ends,
      legend: curve.legend,
      legendHint: curve.legendHint,
    };
  }, [curve, models, format, previous]);
}

type UnitTexts = Messages["dashboard"]["curve"]["unit"];

/** "credits per hour", "credits per 15 min". */
function unitText(ms: number, unit: UnitTexts, { unitName, length }: Format): string {
  if (ms === DAY_MS) return unit.day(unitName);
  if (ms === HOUR_MS) return unit.hour(unitName);
  return ms === MINUTE_MS ? unit.minute(unitName) : unit.interval(unitName, length(ms));
}

/** An age in its largest unit: "8 min", "3 h". */
function ageText(ms: number, duration: (ms: number) => string, now: string): string {
  if (ms < MINUTE_MS) return now;
  const unit = [DAY_MS, HOUR_MS, MINUTE_MS].find((size) => ms >= size) ?? MINUTE_MS;
  return duration(Math.round(ms / unit) * unit);
}
