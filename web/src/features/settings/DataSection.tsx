import { Download } from "lucide-react";
import { exportAddress } from "@/api/client";
import type { Status } from "@/api/types";
import { CopyCommand } from "@/components/ui/CopyCommand";
import { useFormat } from "@/i18n";
import { parseInstant } from "@/lib/time";
import { Facts, Row, Section } from "./Section";
import { useSettingsTexts } from "./texts";

const FORMATS = ["csv", "json", "ndjson"] as const;
const BACKUP = "creditcurve backup FILE";

export function DataSection({ status }: { status: Status }) {
  const { data } = useSettingsTexts();
  return (
    <Section title={data.title}>
      <DataFacts status={status} />
      <Row label={data.export} hint={data.exportHint} isGroup>
        {() => <Exports />}
      </Row>
      <Row label={data.backup} hint={data.backupHint} isGroup>
        {() => <CopyCommand command={BACKUP} label={data.copy(BACKUP)} copiedText={data.copied} />}
      </Row>
    </Section>
  );
}

function DataFacts({ status: { records, size_bytes } }: { status: Status }) {
  const { data } = useSettingsTexts();
  const format = useFormat();
  const first = parseInstant(records.first_at);
  return (
    <Facts
      facts={[
        [
          data.stored,
          data.storedValue(format.number(records.total), format.number(records.counted)),
        ],
        ...(first === null ? [] : [[data.since, format.instant(first)] as const]),
        ...(records.quarantined === 0
          ? []
          : [
              [data.quarantined, format.number(records.quarantined), data.quarantinedHint] as const,
            ]),
        [data.size, format.bytes(size_bytes)],
      ]}
    />
  );
}

function Exports() {
  const { data } = useSettingsTexts();
  return (
    <div className="flex flex-wrap gap-2">
      {FORMATS.map((format) => (
        <a
          key={format}
          href={exportAddress(format, {})}
          download
          aria-label={data.exportAs(format.toUpperCase())}
          className="touchable inline-flex h-8 items-center gap-1.5 rounded-lg border border-line bg-surface px-2.5 text-sm font-medium uppercase shadow-card hover:bg-hover"
        >
          <Download size={14} aria-hidden="true" className="text-muted" />
          {format}
        </a>
      ))}
    </div>
  );
}
