import { useLiveState } from "@/api/LiveContext";
import { Button } from "@/components/ui/Button";
import { useFormat } from "@/i18n";
import { type Filter, NO_FILTER } from "@/lib/filter";
import { isNarrowed } from "./filter";
import { useRecordsTexts } from "./texts";

interface Props {
  readonly filter: Filter;
  readonly sumsBefore: number | null;
  readonly onChange: (filter: Filter) => void;
}

/** Nothing to show: says why, and the way to something. */
export function Empty({ filter, sumsBefore, onChange }: Props) {
  const texts = useRecordsTexts();
  const { empty, filters } = texts;
  const format = useFormat();
  const removed =
    sumsBefore === null ? null : texts.removed(format.instant(sumsBefore).slice(0, 16));
  const total = useLiveState(({ status }) => status?.records.total ?? 0);
  if (total === 0) return <Said title={empty.none} hint={removed ?? empty.noneHint} />;
  if (isNarrowed(filter)) {
    return (
      <Said
        title={empty.filtered}
        hint={removed ?? empty.filteredHint}
        action={filters.clear}
        onAct={() => onChange({ ...NO_FILTER, isInRange: filter.isInRange })}
      />
    );
  }
  return (
    <Said
      title={empty.range}
      hint={removed ?? empty.rangeHint}
      action={empty.showAll}
      onAct={() => onChange({ ...filter, isInRange: false })}
    />
  );
}

interface SaidProps {
  readonly title: string;
  readonly hint: string;
  readonly action?: string;
  readonly onAct?: () => void;
}

function Said({ title, hint, action, onAct }: SaidProps) {
  return (
    <div
      role="status"
      className="flex h-60 flex-col items-center justify-center gap-1.5 px-4 text-center"
    >
      <p className="font-medium">{title}</p>
      <p className="text-sm text-muted">{hint}</p>
      {action && (
        <Button className="mt-2" onClick={onAct}>
          {action}
        </Button>
      )}
    </div>
  );
}
