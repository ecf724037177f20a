/** The visible range of the curve, in words. */
import type { Format, Messages } from "@/i18n";
import type { Range, Span } from "@/lib/range";
import { periodName } from "./labels";

type Texts = Messages["dashboard"];

/** Return the name of the range, or the times of a zoom. */
export function rangeText(range: Range, zoom: Span | null, texts: Texts, format: Format): string {
  if (zoom) return spanText(zoom, format);
  if (range.kind === "span") return spanText(range, format);
  if (range.kind === "last") return texts.figures.lastHours(range.hours);
  const name = periodName(range.period, texts.range);
  if (range.period === "today" || range.period === "yesterday")
    return `${name} · ${format.day(range.from)}`;
  return `${name} · ${format.day(range.from)} – ${format.day(range.to - 1)}`;
}

function spanText({ from, to }: Span, format: Format): string {
  const [first, last] = [format.instant(from), format.instant(to)];
  const [day] = first.split(" ");
  return first.slice(0, 10) === last.slice(0, 10)
    ? `${day} ${first.slice(11, 16)} – ${last.slice(11, 16)}`
    : `${first.slice(0, 16)} – ${last.slice(0, 16)}`;
}
