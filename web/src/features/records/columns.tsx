/** The columns of the table: many on a wide window, two with two lines each on a narrow one. */
import type { ReactNode } from "react";
import type { UsageRecord } from "@/api/types";
import { ModelDot, ModelName } from "@/components/ui/ModelName";
import type { Format } from "@/i18n";
import { cn } from "@/lib/cn";
import type { RecordsTexts } from "./texts";

export interface Column {
  readonly key: string;
  readonly title: string;
  /** Shown beside the title. */
  readonly note?: string;
  readonly width: string;
  readonly isNumber?: boolean;
  readonly cell: (record: UsageRecord) => ReactNode;
}

export function wideColumns(texts: RecordsTexts, format: Format, now: number): readonly Column[] {
  const { columns, none } = texts;
  return [
    {
      key: "time",
      title: columns.time,
      note: format.zoneName(now),
      width: "17rem",
      cell: ({ t }) => <span className="figure-nums">{format.instant(t)}</span>,
    },
    {
      key: "model",
      title: columns.model,
      width: "24%",
      cell: ({ model }) => <Model model={model} />,
    },
    {
      key: "credits",
      title: columns.amounts[format.unit],
      width: "7rem",
      isNumber: true,
      cell: (record) => <Credits record={record} format={format} />,
    },
    {
      key: "endpoint",
      title: columns.endpoint,
      width: "auto",
      cell: (record) => <Endpoint record={record} texts={texts} />,
    },
    {
      key: "status",
      title: columns.status,
      width: "5rem",
      cell: ({ status }) => <StatusCode status={status} none={none} />,
    },
    {
      key: "apiKey",
      title: columns.apiKey,
      width: "14%",
      cell: ({ api_key }) => <span className="text-muted">{api_key ?? none}</span>,
    },
  ];
}

export function narrowColumns(texts: RecordsTexts, format: Format, now: number): readonly Column[] {
  const { columns } = texts;
  return [
    {
      key: "request",
      title: columns.time,
      note: format.zoneName(now),
      width: "auto",
      cell: (record) => (
        <>
          <Model model={record.model} />
          <span className="flex gap-2 pl-4.5 text-xs text-faint big:pl-0">
            <span className="figure-nums shrink-0 big:shrink big:whitespace-normal">
              {format.instant(record.t)}
            </span>
            <span className="truncate big:hidden" title={record.endpoint}>
              {record.endpoint}
            </span>
          </span>
        </>
      ),
    },
    {
      key: "credits",
      title: columns.amounts[format.unit],
      width: "min(8rem, 38%)",
      isNumber: true,
      cell: (record) => (
        <>
          <Credits record={record} format={format} />
          <span className="block text-xs text-faint big:whitespace-normal">
            {!record.counts && <span>{`${texts.notCounted} · `}</span>}
            <StatusCode status={record.status} none={texts.none} />
          </span>
        </>
      ),
    },
  ];
}

function Model({ model }: { model: string }) {
  return (
    <span className="flex min-w-0 items-center gap-2">
      <ModelDot model={model} />
      <ModelName model={model} className="min-w-0" />
    </span>
  );
}

function Credits({ record, format }: { record: UsageRecord; format: Format }) {
  return (
    <span className={cn("figure-nums", record.counts ? "font-semibold" : "text-faint")}>
      {format.amount(record.credits)}
    </span>
  );
}

function Endpoint({ record, texts }: { record: UsageRecord; texts: RecordsTexts }) {
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

function StatusCode({ status, none }: { status: number | null; none: string }) {
  const isGood = status === null || (status >= 200 && status < 300);
  return (
    <span className={cn("figure-nums", isGood ? "text-muted" : "font-medium text-bad")}>
      {status ?? none}
    </span>
  );
}
