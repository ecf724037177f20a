import { type ReactNode, useEffect, useId, useRef } from "react";
import { useMessages } from "@/i18n";
import { Button } from "./Button";

interface Props {
  readonly text: string;
  /** What else is to be known before the answer. */
  readonly detail?: string;
  readonly yes: ReactNode;
  readonly onYes: () => void;
  readonly onNo: () => void;
}

/** Asks before something is deleted; the focus waits on "cancel". */
export function Question({ text, detail, yes, onYes, onNo }: Props) {
  const { cancel } = useMessages().common;
  const id = useId();
  const detailId = `${id}-detail`;
  const no = useRef<HTMLButtonElement>(null);
  useEffect(() => no.current?.focus(), []);
  return (
    <div
      role="alertdialog"
      aria-labelledby={id}
      aria-describedby={detail ? detailId : undefined}
      className="flex animate-appear flex-col gap-3 rounded-xl border border-bad/30 bg-bad-soft p-3 text-sm"
    >
      <p id={id}>{text}</p>
      {detail && (
        <p id={detailId} className="text-xs text-muted">
          {detail}
        </p>
      )}
      <div className="flex flex-wrap justify-end gap-2">
        <Button ref={no} onClick={onNo}>
          {cancel}
        </Button>
        <Button variant="danger" onClick={onYes}>
          {yes}
        </Button>
      </div>
    </div>
  );
}
