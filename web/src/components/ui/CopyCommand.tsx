import { Check, Copy } from "lucide-react";
import { useState } from "react";
import { Button } from "./Button";

interface Props {
  readonly command: string;
  readonly label: string;
  readonly copiedText: string;
}

/** A text to be typed elsewhere, and a button that copies it. */
export function CopyCommand({ command, label, copiedText }: Props) {
  const [isCopied, setCopied] = useState(false);
  const copy = () => {
    navigator.clipboard.writeText(command).then(
      () => setCopied(true),
      () => setCopied(false),
    );
  };
  return (
    <span className="inline-flex max-w-full items-center gap-1">
      <code className="min-w-0 rounded-md border border-line bg-surface px-2 py-1 font-mono text-xs break-all">
        {command}
      </code>
      <Button variant="ghost" square aria-label={label} onClick={copy}>
        {isCopied ? (
          <Check size={14} className="text-good" aria-hidden="true" />
        ) : (
          <Copy size={14} aria-hidden="true" />
        )}
      </Button>
      <span role="status" className="text-xs text-muted">
        {isCopied && copiedText}
      </span>
    </span>
  );
}
