import { Download } from "lucide-react";
import { exportAddress } from "@/api/client";
import { Button } from "@/components/ui/Button";
import { Menu, MenuItem } from "@/components/ui/Menu";
import type { Filter } from "@/lib/filter";
import type { Range } from "@/lib/range";
import { boundsOf, queryOf } from "./filter";
import { useRecordsTexts } from "./texts";

const FORMATS = ["csv", "json", "ndjson"] as const;

/** Downloads just what is filtered. */
export function ExportMenu({ filter, range }: { filter: Filter; range: Range }) {
  const texts = useRecordsTexts();
  const save = (format: (typeof FORMATS)[number]) => {
    const query = queryOf(filter, boundsOf(filter, range, Date.now()));
    const link = document.createElement("a");
    link.href = exportAddress(format, query);
    link.download = "";
    link.click();
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
      {FORMATS.map((format) => (
        <MenuItem key={format} onSelect={() => save(format)}>
          {texts.exportAs(format.toUpperCase())}
        </MenuItem>
      ))}
    </Menu>
  );
}
