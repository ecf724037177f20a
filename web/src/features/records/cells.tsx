/** The contents of the table's cells. */
import type { UsageRecord } from "@/api/types";
import { ModelName, SeriesDot } from "@/components/ui/ModelName";
import type { Format } from "@/i18n";
import { cn } from "@/lib/cn";
import type { Group } from "@/lib/seriesNames";
import type { RecordsTexts } from "./texts";

interface NamedProps {
  readonly group: Group;
  readonly series: string;
  /** Whether the curve has a line for it. */
  readonly isLine: boolean;
  readonly none?: string;
}

/** A model or an API key, with the colour of its line. */
export function Named({ group, series, isLine, none }: NamedProps) {
  return (
    <span className="flex min-w-0 items-center gap-2">
      {isLine && <SeriesDot group={group} series={series} />}
      {group === "model" ? (
        <ModelName model={series} className="min-w-0" />
      ) : (
        <span className="truncate text-muted" title={series}>
          {series || none}
        </span>
      )}
    </span>
  );
}

export function Credits({ record, format }: { record: UsageRecord; format: Format }) {
  return (
    <span className={cn("figure-nums", record.counts ? "font-semibold" : "text-faint")}>
      {format.amount(record.credits)}
    </span>
  );
}

export function Endpoint({ record, texts }: { record: UsageRecord; texts: RecordsTexts }) {
  return (
    <span className="flex min-w-0 items-center gap-2">
      <span className="truncate text-muted" title={record.endpoint}>
        {record.endpoint}
      </span>
      {!record.counts && (
        <span
          title={texts.notCountedHint}
          className="shrink-0 rounded-md border border-line px-1.5 text-2xs text-faint"
        >
          {texts.notCounted}
        </span>
      )}
    </span>
  );
}

export function StatusCode({ status, none }: { status: number | null; none: string }) {
  const isGood = status === null || (status >= 200 && status < 300);
  return (
    <span className={cn("figure-nums", isGood ? "text-muted" : "font-medium text-bad")}>
      {status ?? none}
    </span>
  );
}
