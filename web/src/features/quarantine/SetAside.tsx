import { Check, Copy } from "lucide-react";
import { useState } from "react";
import type { Quarantined } from "@/api/types";
import { Button } from "@/components/ui/Button";
import { useFormat } from "@/i18n";
import { reasonText, useQuarantineTexts } from "./texts";
import { visible } from "./visible";

/** A quarantined row: its reason, its time, and its text, which is never run as markup. */
export function SetAside({ row }: { row: Quarantined }) {
  const texts = useQuarantineTexts();
  const format = useFormat();
  const at = format.instant(Date.parse(row.at));
  return (
    <li className="flex flex-col gap-2 border-t border-line pt-4">
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
        <div className="min-w-0 flex-1 basis-52">
          <p className="text-sm font-medium break-words">{reasonText(texts, row)}</p>
          <time dateTime={row.at} className="text-xs text-faint figure-nums">
            {at}
          </time>
        </div>
        <CopyRaw raw={row.raw} name={texts.copyOf(at, row.id)} />
      </div>
      <section
        aria-label={texts.raw(at, row.id)}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard.
        tabIndex={0}
        className="max-h-56 overflow-y-auto rounded-lg border border-line bg-sunken px-3 py-2"
      >
        <pre dir="ltr" className="font-mono text-xs leading-relaxed break-all whitespace-pre-wrap">
          {visible(row.raw)}
        </pre>
      </section>
      {row.is_cut && <p className="text-xs text-faint">{texts.cut}</p>}
    </li>
  );
}

function CopyRaw({ raw, name }: { raw: string; name: string }) {
  const texts = useQuarantineTexts();
  const [isCopied, setCopied] = useState<boolean | null>(null);
  const copy = () => {
    navigator.clipboard.writeText(raw).then(
      () => setCopied(true),
      () => setCopied(false),
    );
  };
  return (
    <span className="inline-flex items-center gap-2">
      <span role="status" className="text-xs text-muted">
        {isCopied !== null && (isCopied ? texts.copied : texts.notCopied)}
      </span>
      <Button size="small" aria-label={name} onClick={copy}>
        {isCopied ? (
          <Check size={14} className="text-good" aria-hidden="true" />
        ) : (
          <Copy size={14} aria-hidden="true" />
        )}
        {texts.copy}
      </Button>
    </span>
  );
}
