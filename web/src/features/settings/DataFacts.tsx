import type { RecordsSummary, Status } from "@/api/types";
import { Button } from "@/components/ui/Button";
import { type Fact, Facts } from "@/components/ui/Section";
import { changeAddress } from "@/hooks/useAddress";
import { type Format, useFormat } from "@/i18n";
import { parseInstant } from "@/lib/time";
import { type SettingsTexts, useSettingsTexts } from "./texts";

type Texts = SettingsTexts["data"];

/** How much is stored and since when, and how much was removed or quarantined. */
export function DataFacts({ status: { records, size_bytes } }: { status: Status }) {
  const { data } = useSettingsTexts();
  const format = useFormat();
  const first = parseInstant(records.first_at);
  const stored = data.storedValue(format.number(records.total), format.number(records.counted));
  return (
    <Facts
      facts={[
        [data.stored, stored],
        ...(first === null ? [] : [[data.since, format.instant(first)] as const]),
        ...removedFact(records, data, format),
        ...setAsideFact(records, data, format),
        [data.size, format.bytes(size_bytes)],
      ]}
    />
  );
}

function removedFact(
  { removed, sums_before }: RecordsSummary,
  data: Texts,
  format: Format,
): readonly Fact[] {
  const before = parseInstant(sums_before);
  if (before === null) return [];
  const hint = data.removed(format.number(removed), removed === 1);
  return [[data.sums, data.sumsBefore(format.instant(before).slice(0, 16)), hint]];
}

function setAsideFact({ quarantined }: RecordsSummary, data: Texts, format: Format) {
  if (quarantined === 0) return [];
  const value = (
    <span className="inline-flex items-center gap-2">
      <span>{format.number(quarantined)}</span>
      <Button
        size="small"
        aria-label={data.look(quarantined)}
        onClick={() => changeAddress({ dialog: "quarantine" })}
      >
        {data.lookShort}
      </Button>
    </span>
  );
  return [[data.quarantined, value, data.quarantinedHint] as const];
}
