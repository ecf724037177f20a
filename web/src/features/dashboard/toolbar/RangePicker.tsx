import { ChevronDown } from "lucide-react";
import { lazy } from "react";
import { useRange } from "@/api/useRange";
import { Button } from "@/components/ui/Button";
import { LazyMenu } from "@/components/ui/LazyMenu";
import { Segmented } from "@/components/ui/Segmented";
import { changeAddress } from "@/hooks/useAddress";
import { useMessages } from "@/i18n";
import { cn } from "@/lib/cn";
import { PERIODS_ON_PAGE } from "@/lib/period";
import { retrying } from "@/lib/platform/retrying";
import { type NamedRange, NEAR_HOURS, type Range } from "@/lib/range";
import { lengthLabel, periodLabel, periodName, type RangeTexts } from "./labels";

const FarRanges = lazy(() =>
  retrying(() => import("./FarRanges")).then((part) => ({ default: part.FarRanges })),
);

/** The ranges with a button, by the text that names them in the control. */
const CHOICES: ReadonlyMap<string, NamedRange> = new Map<string, NamedRange>([
  ...NEAR_HOURS.map((hours) => [`${hours}h`, { kind: "last", hours }] as const),
  ...PERIODS_ON_PAGE.map((period) => [`${period}`, { kind: "days", period }] as const),
]);

function choiceOf(range: Range): string | null {
  if (range.kind === "span") return null;
  const name = range.kind === "last" ? `${range.hours}h` : `${range.period}`;
  return CHOICES.has(name) ? name : null;
}

/** Hours in sight, days where there is room, and the others one step away. */
export function RangePicker() {
  const texts = useMessages().dashboard.range;
  const range = useRange();
  return (
    <div className="flex min-w-0 items-center gap-2 max-sm:w-full">
      <Segmented
        label={texts.label}
        shortcut="range"
        value={choiceOf(range)}
        options={[...hourOptions(texts), ...periodOptions(texts)]}
        onChange={(name) => changeAddress({ range: CHOICES.get(name) ?? null })}
        className="no-scrollbar min-w-0 flex-nowrap! overflow-x-auto max-sm:flex-1"
        wide
      />
      <FarButton range={range} texts={texts} />
    </div>
  );
}

function hourOptions(texts: RangeTexts) {
  return NEAR_HOURS.map((hours) => ({
    value: `${hours}h`,
    label: (
      <>
        <span className="sm:hidden">{texts.hoursShort(hours)}</span>
        <span className="max-sm:hidden">{texts.hours(hours)}</span>
      </>
    ),
    name: texts.hoursLong(hours),
  }));
}

/** A line before the first name, and before the first number of days. */
const SEPARATED =
  "relative ml-3 before:absolute before:-left-1.5 before:h-4 before:w-px before:bg-line-strong";

function periodOptions(texts: RangeTexts) {
  return PERIODS_ON_PAGE.map((period) => ({
    value: `${period}`,
    label: periodLabel(period, texts),
    name: periodName(period, texts),
    className: cn("max-xl:hidden", (period === "today" || period === 3) && SEPARATED),
  }));
}

function FarButton({ range, texts }: { range: Range; texts: RangeTexts }) {
  const label = choiceOf(range) === null ? lengthLabel(range, texts) : null;
  const period = range.kind === "days" ? periodLabel(range.period, texts) : null;
  const name = label ?? period;
  return (
    <LazyMenu
      menu={FarRanges}
      opens="dialog"
      button={(asking) => (
        <Button
          aria-label={name === null ? texts.more : `${texts.more}: ${name}`}
          className={cn(
            "whitespace-nowrap",
            name !== null && "max-xl:border-accent max-xl:text-accent",
            label !== null && "border-accent text-accent",
          )}
          {...asking}
        >
          <span className="max-xl:hidden">{label ?? texts.custom}</span>
          {name !== null && <span className="xl:hidden">{name}</span>}
          <ChevronDown size={14} aria-hidden="true" />
        </Button>
      )}
    />
  );
}
