import { Download } from "lucide-react";
import { BASE } from "@/api/http";
import type { AccountHistory } from "@/api/types";
import { useAccountHistory } from "@/api/useAccount";
import { Cell, Group } from "@/components/ui/Section";
import { useFormat } from "@/i18n";
import { type Drawn, drawnBalance, HEIGHT, WIDTH } from "./line";
import { useAccountTexts } from "./texts";

const HOURS = 168;

/** The balance of the last days as a step line, with a mark for each top-up, reset and plan. */
export function BalanceLine() {
  const texts = useAccountTexts();
  const format = useFormat();
  const history = useAccountHistory(HOURS);
  const drawn = history && drawnBalance(history);
  if (!history || !drawn) return null;
  return (
    <Group title={texts.history}>
      <Cell>
        <p className="text-xs text-faint figure-nums">
          {format.amountWithUnit(Math.max(...history.balance))}
        </p>
        <Picture history={history} drawn={drawn} />
        <Ends history={history} />
        <a
          href={`${BASE}api/account/history?format=csv&hours=8760`}
          download
          className="touchable inline-flex items-center gap-1.5 self-start text-sm text-accent"
        >
          <Download size={14} aria-hidden="true" />
          <span>{texts.download}</span>
        </a>
      </Cell>
    </Group>
  );
}

function Picture({ history, drawn }: { history: AccountHistory; drawn: Drawn }) {
  const texts = useAccountTexts();
  const format = useFormat();
  const [first = 0, last = 0] = [history.balance[0], history.balance.at(-1)];
  return (
    <svg
      role="img"
      aria-label={texts.historyLabel(
        format.amountWithUnit(first),
        format.amountWithUnit(last),
        drawn.marks.length,
      )}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      className="h-36 w-full overflow-visible"
    >
      <path d={drawn.area} className="fill-accent opacity-10" stroke="none" />
      <path
        d={drawn.line}
        className="fill-none stroke-accent"
        strokeWidth="1.75"
        strokeLinejoin="round"
        vectorEffect="non-scaling-stroke"
      />
      {drawn.marks.map(({ t, x, kind, amount }) => (
        <path
          key={`${t} ${kind}`}
          d={`M${x} 0V${HEIGHT}`}
          className="stroke-warn"
          strokeWidth="1.25"
          strokeDasharray="3 3"
          vectorEffect="non-scaling-stroke"
        >
          <title>{`${texts.kinds[kind]} ${format.signedAmount(amount)} · ${format.instant(t)}`}</title>
        </path>
      ))}
    </svg>
  );
}

/** The line's beginning, its highest value and its end; the marks in words. */
function Ends({ history }: { history: AccountHistory }) {
  const texts = useAccountTexts();
  const format = useFormat();
  const marks = history.events.filter(({ kind }) => kind !== "recovery").slice(-4);
  return (
    <>
      <p className="flex justify-between gap-4 text-xs text-faint figure-nums">
        <span>{format.instant(history.t[0] ?? 0).slice(0, 16)}</span>
        <span>{format.instant(history.t.at(-1) ?? 0).slice(0, 16)}</span>
      </p>
      {marks.length > 0 && (
        <ul className="flex flex-col gap-1 text-sm figure-nums">
          {marks.map(({ t, kind, amount }) => (
            <li key={`${t} ${kind}`} className="flex justify-between gap-4">
              <span className="text-muted">{format.instant(t).slice(0, 16)}</span>
              <span>{`${texts.kinds[kind]} ${format.signedAmount(amount)}`}</span>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
