import { ChevronRight, LockKeyhole } from "lucide-react";
import { useCookieTexts } from "./texts";

/** Where the cookie goes, and the accepted formats. */
export function PasteHints({ id, host }: { id: string; host: string }) {
  const { box } = useCookieTexts();
  return (
    <div className="flex flex-col gap-1 text-xs text-faint">
      <p id={id} className="flex items-center gap-1.5">
        <LockKeyhole size={12} className="shrink-0" aria-hidden="true" />
        <span>{box.privacy(host)}</span>
      </p>
      <details className="group">
        <summary className="touchable inline-flex list-none items-center gap-1.5 rounded-md hover:text-ink">
          <ChevronRight
            size={12}
            aria-hidden="true"
            className="shrink-0 transition-transform duration-100 group-open:rotate-90"
          />
          <span>{box.takes}</span>
        </summary>
        <p className="pl-[1.125rem]">{box.formats}</p>
      </details>
    </div>
  );
}
