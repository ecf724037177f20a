import { ArrowUp } from "lucide-react";
import { useFormat } from "@/i18n";
import { useRecordsTexts } from "./texts";

/** Says that new records are above, without moving the visible rows. */
export function FreshPill({ count, onPick }: { count: number; onPick: () => void }) {
  const texts = useRecordsTexts();
  const format = useFormat();
  return (
    <div
      role="status"
      className="pointer-events-none absolute inset-x-0 top-12 z-20 flex justify-center"
    >
      {count > 0 && (
        <button
          type="button"
          aria-label={texts.freshHint(count)}
          onClick={onPick}
          className="touchable pointer-events-auto inline-flex h-8 animate-appear items-center gap-1.5 rounded-full bg-accent px-3.5 text-sm font-medium text-accent-ink shadow-pop hover:bg-accent-hover"
        >
          {texts.fresh(format.number(count))}
          <ArrowUp size={14} aria-hidden="true" />
        </button>
      )}
    </div>
  );
}
