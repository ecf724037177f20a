import { CircleAlert } from "lucide-react";
import type { ReactNode } from "react";
import type { Problem } from "@/api/problem";
import { Button } from "@/components/ui/Button";
import { useMessages } from "@/i18n";
import { Names } from "./Names";
import type { Place } from "./place";
import { useCookieTexts } from "./texts";
import { verdictOn, type WayOut } from "./verdict";

interface Props {
  readonly problem: Problem;
  readonly place: Place | null;
  readonly onShowPlace: () => void;
  readonly onWayOut: (way: NonNullable<WayOut>) => void;
}

/** Exactly what is wrong with what was pasted, and how to mend it. */
export function VerdictNote({ problem, place, onShowPlace, onWayOut }: Props) {
  const texts = useCookieTexts();
  const { title, mend, showsNames, wayOut } = verdictOn(problem, texts, useMessages());
  return (
    <Frame title={title}>
      {mend && <p className="text-muted">{mend}</p>}
      {place && <p className="figure-nums">{texts.verdict.place(place.line, place.column)}</p>}
      {showsNames && <Names title={texts.verdict.found(problem.names)} names={problem.names} />}
      {(place || wayOut) && (
        <div className="flex flex-wrap gap-2 pt-1">
          {place && <Button onClick={onShowPlace}>{texts.verdict.show}</Button>}
          {wayOut === "withoutCheck" && (
            <Button onClick={() => onWayOut("retry")}>{texts.verdict.retry}</Button>
          )}
          {wayOut && <Button onClick={() => onWayOut(wayOut)}>{texts.verdict[wayOut]}</Button>}
        </div>
      )}
    </Frame>
  );
}

function Frame({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="mt-3 flex animate-appear gap-3 rounded-xl border border-bad/30 bg-bad-soft px-4 py-3 text-sm">
      <CircleAlert size={18} className="mt-px shrink-0 text-bad" aria-hidden="true" />
      <div className="flex min-w-0 flex-col gap-1.5">
        <p className="font-semibold">{title}</p>
        {children}
      </div>
    </div>
  );
}
