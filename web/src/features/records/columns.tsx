/** The columns of the table: many on a wide window, two with two lines each on a narrow one. */
import type { ReactNode } from "react";
import type { UsageRecord } from "@/api/types";
import { ModelName, SeriesDot } from "@/components/ui/ModelName";
import type { Format } from "@/i18n";
import type { Group } from "@/lib/seriesNames";
import { Credits, Endpoint, Named, StatusCode } from "./cells";
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

/** The dots have the colours of the curve's lines: of models, or of API keys. */
export function wideColumns(
  texts: RecordsTexts,
  format: Format,
  now: number,
  group: Group,
): readonly Column[] {
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
      cell: ({ model }) => <Named group="model" series={model} isLine={group === "model"} />,
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
      cell: ({ api_key }) => (
        <Named group="api_key" series={api_key ?? ""} isLine={group === "api_key"} none={none} />
      ),
    },
  ];
}

export function narrowColumns(
  texts: RecordsTexts,
  format: Format,
  now: number,
  group: Group,
): readonly Column[] {
  const { columns } = texts;
  return [
    {
      key: "request",
      title: columns.time,
      note: format.zoneName(now),
      width: "auto",
      cell: (record) => (
        <>
          <span className="flex min-w-0 items-center gap-2">
            <SeriesDot
              group={group}
              series={group === "model" ? record.model : (record.api_key ?? "")}
            />
            <ModelName model={record.model} className="min-w-0" />
          </span>
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
