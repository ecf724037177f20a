/** The reading beside the crosshair, on wide charts. */
import { type RefObject, useLayoutEffect, useRef } from "react";
import type { Size } from "./plot";
import { type Reading, type ReadingRow, rankedRows } from "./reading";
import { headingOf, rangeText } from "./readingText";
import { Swatch } from "./Swatch";
import type { Scene } from "./scene";

/** Distance from the crosshair, or from the edge of the interval. */
const GAP_PX = 14;
const EDGE_PX = 6;
const MOST_ROWS = 12;
const FEW_ROWS = 5;

interface Props {
  readonly scene: Scene;
  readonly reading: Reading;
}

export function Tooltip({ scene, reading }: Props) {
  const box = useRef<HTMLDivElement>(null);
  usePlaceBeside(box, scene, reading);
  const { texts } = scene.input;
  const { shown, silent } = rowsOf(scene, reading);
  return (
    <div
      ref={box}
      data-testid="tooltip"
      className="pointer-events-none absolute top-0 left-0 z-10 min-w-48 rounded-lg border border-line bg-raised px-3 py-2 text-xs whitespace-nowrap text-muted shadow-pop figure-nums"
    >
      <p className="mb-1 font-semibold text-ink">{headingOf(scene, reading)}</p>
      {reading.gap && <p className="mb-1">{texts.gaps[reading.gap]}</p>}
      {shown.map((row) => (
        <Row key={row.series.key} scene={scene} row={row} />
      ))}
      {silent > 0 && <Line name={texts.others(silent)} value={texts.number(0)} />}
      {shown.length > 1 && (
        <div className="mt-1 flex items-baseline gap-2 border-t border-line pt-1 leading-5">
          <span className="font-medium text-ink">{texts.total}</span>
          <span className="flex-1 text-2xs text-faint">
            {reading.requests === null ? "" : texts.requests(reading.requests)}
          </span>
          <b className="font-semibold text-ink">{texts.number(reading.total)}</b>
        </div>
      )}
      <Compared scene={scene} reading={reading} />
    </div>
  );
}

/** The previous span and the usual spend, where they are drawn. */
function Compared({ scene, reading }: Props) {
  const { texts } = scene.input;
  const { previous, usual } = reading;
  return (
    <>
      {previous !== null && <Line name={texts.previous} value={texts.number(previous)} />}
      {usual && <Line name={texts.usual} value={rangeText(usual, texts)} />}
    </>
  );
}

/** The rows to list, and how many zeros are summed up in one line. */
function rowsOf(scene: Scene, reading: Reading) {
  const rows = rankedRows(reading);
  if (!scene.intervals || rows.length < FEW_ROWS) return { shown: rows, silent: 0 };
  const shown = rows.filter(({ value }) => (value ?? 0) > 0).slice(0, MOST_ROWS);
  return { shown, silent: rows.filter(({ value }) => value === 0).length };
}

function Row({ scene, row }: { readonly scene: Scene; readonly row: ReadingRow }) {
  const { texts, chart } = scene.input;
  const isSeveral = chart.view === "requests" && row.requests > 1;
  return (
    <div className="flex items-center gap-2 leading-5">
      <Swatch look={row.series.look} />
      <span>{row.series.name}</span>
      <span className="flex-1 pr-2 text-2xs text-faint">
        {isSeveral ? texts.several(row.requests, texts.number(row.highest)) : ""}
      </span>
      <b className="font-semibold text-ink">{texts.number(row.value ?? 0)}</b>
    </div>
  );
}

function Line({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <div className="flex gap-2 leading-5 text-faint">
      <span className="flex-1">{name}</span>
      <span>{value}</span>
    </div>
  );
}

/**
 * To the right of the crosshair if it fits, otherwise to the left. The size comes from an observer:
 * to ask for it at each move would compute the layout twice.
 */
function usePlaceBeside(box: RefObject<HTMLElement | null>, scene: Scene, reading: Reading): void {
  const size = useRef<Size>({ width: 0, height: 0 });
  const current = useRef({ scene, reading });
  useLayoutEffect(() => {
    current.current = { scene, reading };
    if (box.current) box.current.style.transform = placeBeside(size.current, scene, reading);
  });
  useLayoutEffect(() => {
    const shown = box.current;
    if (!shown) return;
    const place = () => {
      size.current = { width: shown.offsetWidth, height: shown.offsetHeight };
      const { scene: drawn, reading: read } = current.current;
      shown.style.transform = placeBeside(size.current, drawn, read);
    };
    place();
    const observer = new ResizeObserver(place);
    observer.observe(shown);
    return () => observer.disconnect();
  }, [box]);
}

function placeBeside(box: Size, { plot, input }: Scene, { x, width }: Reading): string {
  const gap = GAP_PX + (width > 5 ? width / 2 : 0);
  const isRight = x + gap + box.width <= plot.right + 8 || x - gap - box.width < 0;
  const left = isRight ? x + gap : x - gap - box.width;
  const most = input.size.height - box.height - EDGE_PX;
  const top = Math.max(4, Math.min(plot.top + EDGE_PX, most));
  return `translate(${left}px, ${top}px)`;
}
