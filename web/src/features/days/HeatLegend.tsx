import { useFormat } from "@/i18n";
import { LEVELS } from "./heat";
import { shadeOf } from "./shade";
import { useDaysTexts } from "./texts";

/** The steps, from no credits to the highest average. */
export function HeatLegend({ highest }: { highest: number }) {
  const texts = useDaysTexts();
  const format = useFormat();
  return (
    <p
      aria-hidden="true"
      className="ml-auto flex items-center gap-1 text-xs text-faint figure-nums max-sm:hidden"
    >
      <span className="pr-1">{texts.less}</span>
      {Array.from({ length: LEVELS + 1 }, (_, level) => level).map((level) => (
        <span key={level} className="heat size-3.5 rounded-[4px]" style={shadeOf(level)} />
      ))}
      <span className="pl-1">
        {highest > 0 ? `${format.amount(Math.round(highest))}` : texts.more}
      </span>
    </p>
  );
}
