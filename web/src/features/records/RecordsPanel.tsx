import { useRange } from "@/api/useRange";
import { Button } from "@/components/ui/Button";
import { changeAddress, useAddress } from "@/hooks/useAddress";
import { useMessages } from "@/i18n";
import type { Filter } from "@/lib/filter";
import { type Range, rangeKey } from "@/lib/range";
import { Empty } from "./Empty";
import { FilterBar } from "./FilterBar";
import { Foot, Waiting } from "./Foot";
import { RecordsTable } from "./RecordsTable";
import { useRecordsTexts } from "./texts";
import { type Records, useRecords } from "./useRecords";
import { useSumsBefore } from "./useSumsBefore";

const show = (filter: Filter) => changeAddress({ filter }, "replace");

/** The single requests, newest first. */
export function RecordsPanel() {
  const range = useRange();
  const [{ filter }] = useAddress();
  const records = useRecords(filter, range);
  const sumsBefore = useSumsBefore(filter, range);
  return (
    <>
      <FilterBar
        filter={filter}
        range={range}
        rows={records.rows}
        sumsBefore={sumsBefore}
        onChange={show}
      />
      <div className="border-t border-line">
        <Content {...{ records, range, filter, sumsBefore }} onChange={show} />
      </div>
    </>
  );
}

interface Props {
  readonly records: Records;
  readonly range: Range;
  readonly filter: Filter;
  readonly sumsBefore: number | null;
  readonly onChange: (filter: Filter) => void;
}

function Content({ records, range, filter, sumsBefore, onChange }: Props) {
  if (records.rows === null) return records.hasFailed ? <Failed records={records} /> : <Waiting />;
  if (records.rows.length === 0) return <Empty {...{ filter, sumsBefore, onChange }} />;
  const meant = JSON.stringify([filter, rangeKey(range)]);
  return (
    <RecordsTable key={meant} records={records} foot={<Foot {...{ records, sumsBefore }} />} />
  );
}

function Failed({ records }: { records: Records }) {
  const texts = useRecordsTexts();
  const { retry } = useMessages().common;
  return (
    <div className="flex h-60 flex-col items-center justify-center gap-3">
      <p role="alert" className="text-muted">
        {texts.failed}
      </p>
      <Button onClick={records.retry}>{retry}</Button>
    </div>
  );
}
