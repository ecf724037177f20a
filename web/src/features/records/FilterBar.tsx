import { X } from "lucide-react";
import { useLiveState } from "@/api/LiveContext";
import { Button } from "@/components/ui/Button";
import { Segmented } from "@/components/ui/Segmented";
import { Select } from "@/components/ui/Select";
import { type Filter, NO_FILTER } from "@/lib/filter";
import type { Range } from "@/lib/range";
import { ExportMenu } from "./ExportMenu";
import { isNarrowed } from "./filter";
import { countsName, countsOf, offered, useSeen } from "./filterChoices";
import { LeastCredits } from "./LeastCredits";
import type { Rows } from "./rows";
import { useRecordsTexts } from "./texts";

interface Props {
  readonly filter: Filter;
  readonly range: Range;
  readonly rows: Rows | null;
  readonly sumsBefore: number | null;
  readonly onChange: (filter: Filter) => void;
}

const NONE: readonly string[] = [];

export function FilterBar({ filter, range, rows, sumsBefore, onChange }: Props) {
  const { filters } = useRecordsTexts();
  const stored = useLiveState(({ status }) => status?.records.models) ?? NONE;
  const keys = useLiveState(({ status }) => status?.records.api_keys) ?? NONE;
  const seen = useSeen(rows, "model");
  const endpoints = useSeen(rows, "endpoint");
  const change = (part: Partial<Filter>) => onChange({ ...filter, ...part });
  return (
    <fieldset
      aria-label={filters.label}
      className="grid min-w-0 grid-cols-2 items-center gap-2 p-3 big:grid-cols-1 sm:px-4 md:flex md:flex-wrap"
    >
      <Segmented
        label={filters.scope}
        value={filter.isInRange ? "range" : "all"}
        options={[
          { value: "range", label: filters.scopes.range },
          { value: "all", label: filters.scopes.all },
        ]}
        onChange={(scope) => change({ isInRange: scope === "range" })}
        className="col-span-2 big:col-span-1"
        wide
      />
      <Select
        data-shortcut="find"
        aria-label={filters.model}
        options={offered(filters.anyModel, [...stored, ...seen], filter.model)}
        value={filter.model ?? ""}
        onChange={(model) => change({ model: model || null })}
        className="md:max-w-56"
      />
      <Select
        aria-label={filters.endpoint}
        options={offered(filters.anyEndpoint, endpoints, filter.endpoint)}
        value={filter.endpoint ?? ""}
        onChange={(endpoint) => change({ endpoint: endpoint || null })}
        className="md:max-w-56"
      />
      {(keys.length > 0 || filter.apiKey !== null) && (
        <Select
          aria-label={filters.apiKey}
          options={offered(filters.anyKey, keys, filter.apiKey)}
          value={filter.apiKey ?? ""}
          onChange={(apiKey) => change({ apiKey: apiKey || null })}
          className="md:max-w-56"
        />
      )}
      <Select
        aria-label={filters.counts}
        options={[
          { value: "any", label: filters.anyCounts },
          { value: "yes", label: filters.counted },
          { value: "no", label: filters.uncounted },
        ]}
        value={countsName(filter.counts)}
        onChange={(name) => change({ counts: countsOf(name) })}
      />
      <LeastCredits
        value={filter.leastCredits}
        onChange={(leastCredits) => change({ leastCredits })}
      />
      {isNarrowed(filter) && (
        <Button
          variant="ghost"
          onClick={() => onChange({ ...NO_FILTER, isInRange: filter.isInRange })}
        >
          <X size={14} aria-hidden="true" />
          {filters.clear}
        </Button>
      )}
      <div className="col-start-2 ml-auto big:col-start-1 big:ml-0">
        <ExportMenu {...{ filter, range, sumsBefore }} />
      </div>
    </fieldset>
  );
}
