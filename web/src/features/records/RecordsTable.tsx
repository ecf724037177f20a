import { useVirtualizer } from "@tanstack/react-virtual";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { useAddress } from "@/hooks/useAddress";
import { useMediaQuery } from "@/hooks/useMediaQuery";
import { useNow } from "@/hooks/useNow";
import { useFormat } from "@/i18n";
import { cn } from "@/lib/cn";
import { HOUR_MS } from "@/lib/time";
import { narrowColumns, wideColumns } from "./columns";
import { FreshPill } from "./FreshPill";
import { Head, Spacer, TableRow } from "./parts";
import { useRecordsTexts } from "./texts";
import type { Records } from "./useRecords";

/** The height of a row in rem: it follows the size of the browser's text. */
const ROW_REM = { wide: 2.25, narrow: 3.5 };
/** So many rows before the end the next ones are asked for. */
const AHEAD = 60;
/** Rows on the screen never are so many: a jump fills those that are there with others. */
const POOL = 128;

interface Props {
  readonly records: Records;
  /** Shown below the last row. */
  readonly foot: ReactNode;
}

function remInPx(): number {
  return Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || 16;
}

/** A table of any length; only visible rows are rendered. */
export function RecordsTable({ records, foot }: Props) {
  const texts = useRecordsTexts();
  const format = useFormat();
  const isWide = useMediaQuery("(min-width: 64rem)");
  const now = useNow(HOUR_MS);
  const [{ by }] = useAddress();
  const { rows: known, fresh, hasMore, isStale, hasFailed, loadMore, hold } = records;
  const rows = known ?? [];
  const scroller = useRef<HTMLElement>(null);
  const [isAway, setAway] = useState(false);
  const rowHeight = Math.round((isWide ? ROW_REM.wide : ROW_REM.narrow) * remInPx());
  const columns = (isWide ? wideColumns : narrowColumns)(texts, format, now, by);

  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 10,
  });
  useEffect(() => {
    if (rowHeight) virtual.measure();
  }, [virtual, rowHeight]);

  // A table that is removed releases the delayed records.
  useEffect(() => () => hold(false), [hold]);

  const items = virtual.getVirtualItems();
  const lastInSight = items.at(-1)?.index ?? 0;
  const isNearEnd = hasMore && !hasFailed && !isStale && lastInSight >= rows.length - AHEAD;
  useEffect(() => {
    if (isNearEnd) loadMore();
  }, [isNearEnd, loadMore]);

  const follow = (scrolledPx: number) => {
    const isAwayNow = scrolledPx > 2;
    if (isAwayNow === isAway) return;
    setAway(isAwayNow);
    hold(isAwayNow);
  };
  const goToTop = () => {
    hold(false);
    setAway(false);
    scroller.current?.scrollTo({ top: 0 });
    scroller.current?.focus();
  };
  return (
    <div className="relative">
      <FreshPill count={fresh} onPick={goToTop} />
      <section
        ref={scroller}
        aria-label={texts.scroller}
        aria-busy={isStale}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard.
        tabIndex={0}
        onScroll={(event) => follow(event.currentTarget.scrollTop)}
        className={cn(
          "h-[min(34rem,75dvh)] overflow-y-auto overscroll-contain rounded-b-xl outline-offset-[-2px] transition-opacity duration-150",
          isStale && "opacity-60",
        )}
      >
        <table
          aria-label={texts.table(format.zoneName(now))}
          aria-rowcount={hasMore ? -1 : rows.length + 1}
          className="w-full table-fixed text-sm"
        >
          <Head columns={columns} />
          <tbody>
            <Spacer height={items[0]?.start ?? 0} />
            {items.map((item) => {
              const record = rows[item.index];
              return (
                record && (
                  <TableRow
                    key={item.index % POOL}
                    record={record}
                    index={item.index}
                    columns={columns}
                    height={rowHeight}
                  />
                )
              );
            })}
            <Spacer height={virtual.getTotalSize() - (items.at(-1)?.end ?? 0)} />
          </tbody>
        </table>
        {foot}
      </section>
    </div>
  );
}
