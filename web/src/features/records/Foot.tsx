import { Button } from "@/components/ui/Button";
import { Skeleton } from "@/components/ui/Skeleton";
import { useFormat, useMessages } from "@/i18n";
import { useRecordsTexts } from "./texts";
import type { Records } from "./useRecords";

interface FootProps {
  readonly records: Records;
  /** The start of single requests: before it only sums are kept; null without such sums. */
  readonly sumsBefore: number | null;
}

/** Below the last row: more to come, a failure, or the end. */
export function Foot({ records, sumsBefore }: FootProps) {
  const texts = useRecordsTexts();
  const format = useFormat();
  const { retry: again } = useMessages().common;
  const { rows, hasMore, hasFailed, loadMore } = records;
  if (rows === null || rows.length === 0) return null;
  if (hasFailed && hasMore) {
    return (
      <p role="alert" className="flex items-center justify-center gap-3 py-4 text-sm text-muted">
        <span>{texts.failedMore}</span>
        <Button onClick={loadMore}>{again}</Button>
      </p>
    );
  }
  if (hasMore) return <p className="py-4 text-center text-sm text-faint">{texts.loadingMore}</p>;
  return (
    <p className="py-4 text-center text-xs text-faint">
      <span>{texts.end(format.number(rows.length), rows.length === 1)}</span>
      {sumsBefore !== null && (
        <span className="block">{texts.removed(format.instant(sumsBefore).slice(0, 16))}</span>
      )}
    </p>
  );
}

/** The table's place while its first rows load. */
export function Waiting() {
  return (
    <div className="flex h-[min(34rem,75dvh)] flex-col gap-5 px-4 py-5">
      {["a", "b", "c", "d", "e", "f", "g", "h"].map((row) => (
        <Skeleton key={row} className="h-4" />
      ))}
    </div>
  );
}
