import { Download } from "lucide-react";
import { exportAddress } from "@/api/client";
import { download } from "@/api/download";
import { Button } from "@/components/ui/Button";
import { Menu, MenuItem, MenuNote } from "@/components/ui/Menu";
import { useClock } from "@/hooks/useNow";
import { useFormat } from "@/i18n";
import type { Filter } from "@/lib/filter";
import type { Range } from "@/lib/range";
import { boundsOf, queryOf } from "./filter";
import { useRecordsTexts } from "./texts";

const FORMATS = ["csv", "json", "ndjson"] as const;

interface Props {
  readonly filter: Filter;
  readonly range: Range;
  /** Records before this instant were removed and are not in the file; null if none were. */
  readonly sumsBefore: number | null;
}

/** Downloads the filtered records. */
export function ExportMenu({ filter, range, sumsBefore }: Props) {
  const texts = useRecordsTexts();
  const format = useFormat();
  const clock = useClock();
  const save = (form: (typeof FORMATS)[number]) => {
    const query = queryOf(filter, boundsOf(filter, range, clock.now()));
    void download(exportAddress(form, query));
  };
  return (
    <Menu
      trigger={
        <Button>
          <Download size={14} aria-hidden="true" />
          {texts.export}
        </Button>
      }
    >
      {FORMATS.map((form) => (
        <MenuItem key={form} onSelect={() => save(form)}>
          {texts.exportAs(form.toUpperCase())}
        </MenuItem>
      ))}
      {sumsBefore !== null && (
        <MenuNote>{texts.exportLacks(format.instant(sumsBefore).slice(0, 16))}</MenuNote>
      )}
    </Menu>
  );
}
