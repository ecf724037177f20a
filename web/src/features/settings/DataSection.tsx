import { Download } from "lucide-react";
import { exportAddress } from "@/api/client";
import { CopyCommand } from "@/components/ui/CopyCommand";
import { Group, Row, Section } from "@/components/ui/Section";
import { useFormat } from "@/i18n";
import { parseInstant } from "@/lib/time";
import { DataFacts } from "./DataFacts";
import { Retention } from "./Retention";
import type { SectionProps } from "./sections";
import { useSettingsTexts } from "./texts";

const FORMATS = ["csv", "json", "ndjson"] as const;
const BACKUP = "creditcurve backup FILE";

export function DataSection({ status, settings }: SectionProps) {
  const { names, data } = useSettingsTexts();
  const format = useFormat();
  const before = parseInstant(status.records.sums_before);
  const exportHint =
    before === null ? data.exportHint : data.exportFrom(format.instant(before).slice(0, 16));
  return (
    <Section title={names.data}>
      <Group>
        <DataFacts status={status} />
        <Retention days={settings.retention_days} />
      </Group>
      <Group>
        <Row label={data.export} hint={exportHint} isGroup>
          {() => <Exports />}
        </Row>
        <Row label={data.backup} hint={data.backupHint} isGroup>
          {() => (
            <CopyCommand command={BACKUP} label={data.copy(BACKUP)} copiedText={data.copied} />
          )}
        </Row>
      </Group>{" "}
    </Section>
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
          <span>{format}</span>
        </a>
      ))}
    </div>
  );
}
