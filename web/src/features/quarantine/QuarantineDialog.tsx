import { Button } from "@/components/ui/Button";
import { Dialog } from "@/components/ui/Dialog";
import { Skeleton } from "@/components/ui/Skeleton";
import { useAddress } from "@/hooks/useAddress";
import { useFormat, useMessages } from "@/i18n";
import { SetAside } from "./SetAside";
import { useQuarantineTexts } from "./texts";
import { useQuarantine } from "./useQuarantine";

/** Lists the rows of the site that could not be parsed; opened from the settings. */
export function QuarantineDialog() {
  const texts = useQuarantineTexts();
  const [, changeAddress] = useAddress();
  return (
    <Dialog
      open
      onOpenChange={() => changeAddress({ dialog: null })}
      title={texts.title}
      description={texts.intro}
      form="side"
    >
      <Content />
    </Dialog>
  );
}

function Content() {
  const texts = useQuarantineTexts();
  const quarantine = useQuarantine();
  const { rows } = quarantine;
  if (rows === undefined) {
    return quarantine.hasFailed ? <Failed onRetry={quarantine.retry} /> : <Waiting />;
  }
  if (rows.length === 0) {
    return (
      <p role="status" className="border-t border-line pt-5 text-sm text-muted">
        {texts.none}
      </p>
    );
  }
  return (
    <>
      <ul aria-label={texts.list} className="flex flex-col gap-5">
        {rows.map((row) => (
          <SetAside key={row.id} row={row} />
        ))}
      </ul>
      <Foot quarantine={quarantine} count={rows.length} />
    </>
  );
}

interface FootProps {
  readonly quarantine: ReturnType<typeof useQuarantine>;
  readonly count: number;
}

function Foot({ quarantine: { hasMore, hasFailed, isBusy, more }, count }: FootProps) {
  const texts = useQuarantineTexts();
  const format = useFormat();
  return (
    <div className="flex flex-col items-center gap-2 pt-5 text-xs text-faint">
      {hasFailed && (
        <p role="alert" className="text-bad">
          {texts.failedMore}
        </p>
      )}
      {hasMore ? (
        <Button aria-disabled={isBusy} onClick={() => isBusy || more()}>
          {texts.more}
        </Button>
      ) : (
        <p>{texts.end(format.number(count), count === 1)}</p>
      )}
    </div>
  );
}

function Failed({ onRetry }: { onRetry: () => void }) {
  const texts = useQuarantineTexts();
  const { retry } = useMessages().common;
  return (
    <div className="flex flex-col items-start gap-3 border-t border-line pt-5">
      <p role="alert" className="text-sm text-bad">
        {texts.failed}
      </p>
      <Button onClick={onRetry}>{retry}</Button>
    </div>
  );
}

function Waiting() {
  return (
    <div className="flex flex-col gap-5">
      <Skeleton className="h-28" />
      <Skeleton className="h-28" />
      <Skeleton className="h-28" />
    </div>
  );
}
