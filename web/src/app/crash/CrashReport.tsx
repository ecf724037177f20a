/** Offers a report on a crash: to copy, or as a command to run on the server. */
import { useState } from "react";
import { Button } from "@/components/ui/Button";
import { CopyCommand } from "@/components/ui/CopyCommand";
import { crash as en } from "@/i18n/en/crash";
import { useTexts } from "@/i18n/useTexts";
import { crash as zhCN } from "@/i18n/zh-CN/crash";
import { crashReport } from "./report";

const COMMAND = "creditcurve doctor --bundle";

export function CrashReport({ error }: { readonly error: unknown }) {
  const texts = useTexts({ en, "zh-CN": zhCN });
  const [isCopied, setCopied] = useState<boolean | null>(null);
  const copy = () => {
    crashReport(error)
      .then((report) => navigator.clipboard.writeText(report))
      .then(
        () => setCopied(true),
        () => setCopied(false),
      );
  };
  return (
    <div className="mt-3 flex flex-col items-center gap-3 border-t border-line pt-5 text-sm text-muted">
      <p>{texts.about}</p>
      <Button onClick={copy}>{texts.copy}</Button>
      <span role="status" className="text-xs">
        {isCopied !== null && (isCopied ? texts.copied : texts.notCopied)}
      </span>
      <p>{texts.orRun}</p>
      <CopyCommand command={COMMAND} label={texts.copyCommand} copiedText={texts.copied} />
    </div>
  );
}
