/** The table's head and rows. */
import { memo } from "react";
import type { UsageRecord } from "@/api/types";
import { cn } from "@/lib/cn";
import type { Column } from "./columns";

export function Head({ columns }: { columns: readonly Column[] }) {
  return (
    <thead className="sticky top-0 z-10 bg-surface shadow-[0_1px_0_var(--color-line)]">
      <tr aria-rowindex={1}>
        {columns.map(({ key, title, note, width, isNumber }) => (
          <th
            key={key}
            scope="col"
            style={{ width }}
            className={cn(
              "h-9 truncate px-3 big:px-1 big:whitespace-normal text-xs font-medium text-muted first:pl-4 last:pr-4",
              isNumber ? "text-right" : "text-left",
            )}
          >
            <span>{title}</span>
            {note && <span className="ml-1.5 font-normal text-faint big:hidden">{note}</span>}
          </th>
        ))}
      </tr>
    </thead>
  );
}

interface RowProps {
  readonly record: UsageRecord;
  readonly index: number;
  readonly columns: readonly Column[];
  readonly height: number;
}

export const TableRow = memo(function TableRow({ record, index, columns, height }: RowProps) {
  return (
    <tr
      aria-rowindex={index + 2}
      style={{ height }}
      className="border-b border-line/60 hover:bg-hover/50"
    >
      {columns.map(({ key, isNumber, cell }) => (
        <td
          key={key}
          className={cn(
            "truncate px-3 first:pl-4 last:pr-4 big:px-1 big:first:pl-2 big:last:pr-2",
            isNumber && "text-right",
          )}
        >
          {cell(record)}
        </td>
      ))}
    </tr>
  );
});

/** Takes the space of rows that are not rendered. */
export function Spacer({ height }: { height: number }) {
  if (height <= 0) return null;
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: a row of nothing, which takes no focus.
    <tr aria-hidden="true">
      <td style={{ height, padding: 0 }} />
    </tr>
  );
}
