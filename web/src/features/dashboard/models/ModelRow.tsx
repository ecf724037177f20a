import { Checkbox } from "radix-ui";
import { ModelName } from "@/components/ui/ModelName";
import { useClock } from "@/hooks/useNow";
import { useSeriesLooks } from "@/hooks/useSeriesLooks";
import { useTheme } from "@/hooks/useTheme";
import { type Format, useFormat, useMessages } from "@/i18n";
import { cn } from "@/lib/cn";
import type { Group } from "@/lib/seriesNames";
import type { ModelStats } from "../data/stats";
import type { Columns } from "./columns";
import { Trend } from "./Trend";

interface Props {
  readonly model: ModelStats;
  readonly group: Group;
  readonly columns: Columns;
  readonly isHidden: boolean;
  readonly isHighlighted: boolean;
  readonly onToggle: (model: string) => void;
  readonly onHighlight: (model: string | null) => void;
}

/** To the second; with its day where that is not today. */
function lastText(t: number, now: number, format: Format): string {
  const text = format.instant(t);
  return format.date(now) === text.slice(0, 10) ? text.slice(11) : text.slice(5, 16);
}

const NAME = "min-w-0 max-sm:w-32 max-sm:break-words max-sm:whitespace-normal";
const CELL = "px-3 py-2 text-right whitespace-nowrap";

export function ModelRow(props: Props) {
  const { model, group, columns, isHidden, isHighlighted, onToggle, onHighlight } = props;
  const texts = useMessages().dashboard.models;
  const format = useFormat();
  const clock = useClock();
  const color = useSeriesLooks(group).colorOf(model.key, useTheme());
  const name = model.others === undefined ? model.key || texts.noKey : texts.others(model.others);
  const orNone = (column: "median" | "p95") => {
    const value = model[column];
    return value === null ? "–" : columns[column](value);
  };
  const toggle = () => {
    onToggle(model.key);
    // The pointer is on the row: a hidden series that is highlighted would fade all others.
    onHighlight(null);
  };
  return (
    <tr
      onMouseEnter={() => onHighlight(isHidden ? null : model.key)}
      onMouseLeave={() => onHighlight(null)}
      className={cn(
        "border-b border-line last:border-0",
        isHighlighted ? "bg-hover" : "bg-surface",
        isHidden && "text-faint",
      )}
    >
      <th
        scope="row"
        className="sticky left-0 big:static max-w-40 bg-inherit py-2 pr-3 pl-4 text-left font-medium sm:max-w-72"
      >
        <span className="flex items-center gap-2.5">
          <Checkbox.Root
            checked={!isHidden}
            onCheckedChange={toggle}
            aria-label={texts.show(name)}
            className="relative grid size-4 shrink-0 place-items-center rounded-[5px] border-2 forced-color-adjust-none before:absolute before:-inset-4 before:content-['']"
            style={{ borderColor: color }}
          >
            <Checkbox.Indicator>
              <span
                className="block size-2 rounded-[2px] forced-color-adjust-none"
                style={{ background: color }}
              />
            </Checkbox.Indicator>
          </Checkbox.Root>
          {group === "model" && model.others === undefined ? (
            <ModelName model={model.key} className={NAME} />
          ) : (
            <span className={cn("truncate", NAME)} title={name}>
              {name}
            </span>
          )}
        </span>
      </th>
      <td className={CELL}>{format.number(model.requests)}</td>
      <td className={cn(CELL, "font-medium")}>{columns.credits(model.credits)}</td>
      <td className="px-3 py-2">
        <span className="flex items-center gap-2">
          <span
            aria-hidden="true"
            className="h-1.5 w-full min-w-12 flex-1 overflow-hidden rounded-full bg-sunken"
          >
            <span
              className="block h-full rounded-full forced-color-adjust-none"
              style={{ width: `${Math.max(1, model.share * 100)}%`, background: color }}
            />
          </span>
          <span className="w-12 text-right text-xs text-muted">{columns.share(model.share)}</span>
        </span>
      </td>
      <td className={CELL}>{columns.average(model.average)}</td>
      <td className={CELL}>{orNone("median")}</td>
      <td className={CELL}>{orNone("p95")}</td>
      <td className={CELL}>
        {model.last && (
          <time
            dateTime={new Date(model.last.t).toISOString()}
            title={format.instant(model.last.t)}
            className="text-muted"
          >
            {lastText(model.last.t, clock.now(), format)}
          </time>
        )}
      </td>
      <td className="px-4 py-2">
        <Trend values={model.trend} color={color} label={texts.trendOf(name)} />
      </td>
    </tr>
  );
}
