import { ArrowDown, ArrowUp } from "lucide-react";
import { useMemo, useState } from "react";
import { Hint } from "@/components/ui/Hint";
import { type Messages, useFormat, useMessages } from "@/i18n";
import { cn } from "@/lib/cn";
import type { Group } from "@/lib/seriesNames";
import type { ModelStats } from "../data/stats";
import type { DashboardState } from "../data/useDashboard";
import type { Hidden } from "../data/useHidden";
import { useModelStats } from "../data/useModelStats";
import { columnsOf } from "./columns";
import { ModelRow } from "./ModelRow";
import { Notes } from "./Notes";
import { Waiting } from "./Waiting";

interface Props {
  readonly state: DashboardState;
  readonly hidden: Hidden;
  readonly highlighted: string | null;
  readonly onHighlight: (model: string | null) => void;
}

type SortKey = "model" | "requests" | "credits" | "average" | "median" | "p95" | "last";

const VALUES: Readonly<Record<SortKey, (model: ModelStats) => number | string>> = {
  model: ({ key }) => key,
  requests: ({ requests }) => requests,
  credits: ({ credits }) => credits,
  average: ({ average }) => average,
  median: ({ median }) => median ?? -1,
  p95: ({ p95 }) => p95 ?? -1,
  last: ({ last }) => last?.t ?? 0,
};

interface Sorting {
  readonly key: SortKey;
  readonly isRising: boolean;
}

function sorted(models: readonly ModelStats[], { key, isRising }: Sorting): readonly ModelStats[] {
  const value = VALUES[key];
  const sign = isRising ? 1 : -1;
  return models.toSorted((one, other) => {
    const [left, right] = [value(one), value(other)];
    if (left === right) return one.key < other.key ? -1 : 1;
    return left < right ? -sign : sign;
  });
}

/** A row for each model, linked with its line; the chart's table for those who do not see it. */
export function CompareModels({ state, hidden, highlighted, onHighlight }: Props) {
  const { models: texts } = useMessages().dashboard;
  const [sorting, setSorting] = useState<Sorting>({ key: "credits", isRising: false });
  const format = useFormat();
  const group = state.usage?.by === "api_key" ? "api_key" : "model";
  const models = useModelStats(state);
  const rows = useMemo(() => sorted(models, sorting), [models, sorting]);
  const columns = useMemo(() => columnsOf(models, format), [models, format]);
  const sortBy = (key: SortKey) =>
    setSorting((before) => ({
      key,
      isRising: before.key === key ? !before.isRising : key === "model",
    }));
  const head = (key: SortKey, className = "text-right") => (
    <Head {...{ texts, group, sorting, sortBy, className }} sortKey={key} />
  );
  if (!state.usage) return <Waiting />;
  return (
    <>
      <div className="overflow-x-auto rounded-b-xl">
        <table className="w-full text-sm figure-nums" data-testid="models">
          <caption className="sr-only">{texts.caption[group]}</caption>
          <thead>
            <tr className="border-b border-line text-xs text-muted">
              {head("model", "sticky left-0 big:static bg-surface text-left")}
              {head("requests")}
              {head("credits")}
              <th scope="col" className="px-3 py-2 text-left font-medium">
                {texts.share}
              </th>
              {head("average")}
              {head("median")}
              {head("p95")}
              {head("last")}
              <th scope="col" className="px-4 py-2 text-left font-medium">
                {texts.trend}
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((model) => (
              <ModelRow
                key={model.key}
                model={model}
                group={group}
                columns={columns}
                isHidden={hidden.models.has(model.key)}
                isHighlighted={highlighted === model.key}
                onToggle={hidden.toggle}
                onHighlight={onHighlight}
              />
            ))}
          </tbody>
        </table>
      </div>
      {rows.length > 0 ? (
        <Notes {...state} />
      ) : (
        <p className="px-4 py-8 text-center text-sm text-faint">{texts.none}</p>
      )}
    </>
  );
}

interface HeadProps {
  readonly texts: Messages["dashboard"]["models"];
  readonly group: Group;
  readonly sortKey: SortKey;
  readonly sorting: Sorting;
  readonly sortBy: (key: SortKey) => void;
  readonly className: string;
}

function Head({ texts, group, sortKey, sorting, sortBy, className }: HeadProps) {
  const { unit } = useFormat();
  const names = { ...texts, model: texts.head[group], credits: texts.amounts[unit] };
  const name = names[sortKey];
  const isSorted = sorting.key === sortKey;
  const direction = sorting.isRising ? "ascending" : "descending";
  const Icon = sorting.isRising ? ArrowUp : ArrowDown;
  const button = (
    <button
      type="button"
      onClick={() => sortBy(sortKey)}
      className="touchable inline-flex h-7 items-center gap-1 rounded-md font-medium whitespace-nowrap hover:text-ink"
    >
      <span>{name}</span>
      {isSorted && <Icon size={12} aria-hidden="true" />}
    </button>
  );
  return (
    <th
      scope="col"
      aria-sort={isSorted ? direction : "none"}
      className={cn("px-3 py-1 first:pl-4", className)}
    >
      {sortKey === "p95" ? <Hint text={texts.p95Long}>{button}</Hint> : button}
    </th>
  );
}
