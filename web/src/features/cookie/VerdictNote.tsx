import { CircleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { useLiveState } from "@/api/LiveContext";
import type { Problem } from "@/api/problem";
import { Button } from "@/components/ui/Button";
import { useMessages } from "@/i18n";
import { hostOf } from "@/lib/origin";
import { Names } from "./Names";
import type { Place } from "./place";
import { useCookieTexts } from "./texts";
import { verdictOn, type WayOut } from "./verdict";

interface Props {
  readonly problem: Problem;
  readonly place: Place | null;
  readonly onShowPlace: () => void;
  readonly onWayOut: (way: NonNullable<WayOut>) => void;
  readonly onOrigin: (origin: string) => void;
}

/** The fault of a pasted text, and the next step. */
export function VerdictNote({ problem, place, onShowPlace, onWayOut, onOrigin }: Props) {
  const texts = useCookieTexts();
  const { title, mend, showsNames, wayOut, otherOrigin } = verdictOn(problem, texts, useMessages());
  const isKept = useHadCookie() && problem.code === "cookie_rejected";
  if (otherOrigin !== null) {
    const host = hostOf(otherOrigin);
    return (
      <Frame title={texts.site.otherHost(host)}>
        <Actions>
          <Button variant="primary" onClick={() => onOrigin(otherOrigin)}>
            {texts.site.use(host)}
          </Button>
        </Actions>
      </Frame>
    );
  }
  return (
    <Frame title={title}>
      {mend && <p className="text-muted">{mend}</p>}
      {isKept && <p className="text-muted">{texts.previousKept}</p>}
      {place && <p className="figure-nums">{texts.verdict.place(place.line, place.column)}</p>}
      {showsNames && <Names title={texts.verdict.found(problem.names)} names={problem.names} />}
      {(place || wayOut) && (
        <Actions>
          {place && <Button onClick={onShowPlace}>{texts.verdict.show}</Button>}
          {wayOut === "withoutCheck" && (
            <Button onClick={() => onWayOut("retry")}>{texts.verdict.retry}</Button>
          )}
          {wayOut && <Button onClick={() => onWayOut(wayOut)}>{texts.verdict[wayOut]}</Button>}
        </Actions>
      )}
    </Frame>
  );
}

function useHadCookie(): boolean {
  return useLiveState(({ status }) => status !== null && status.cookie.state !== "missing");
}

function Actions({ children }: { children: ReactNode }) {
  return <div className="flex flex-wrap gap-2 pt-1">{children}</div>;
}

function Frame({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="flex animate-appear gap-3 rounded-xl border border-bad/30 bg-bad-soft px-4 py-3 text-sm">
      <CircleAlert size={18} className="mt-px shrink-0 text-bad" aria-hidden="true" />
      <div className="flex min-w-0 flex-col gap-1.5">
        <p className="font-semibold">{title}</p>
        {children}
      </div>
    </div>
  );
}
