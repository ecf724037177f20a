/** One entry of the legend: a click hides or shows a model, a double click shows only it. */
import { type KeyboardEvent, type MouseEvent, type ReactNode, useRef } from "react";
import { cn } from "@/lib/cn";
import { Swatch } from "./Swatch";
import type { ChartTexts, SeriesName } from "./types";

export interface LegendActions {
  readonly onToggle: (key: string) => void;
  readonly onSolo: (key: string) => void;
  readonly onFocus: (key: string | null) => void;
}

interface Props extends LegendActions {
  /** Null for the total. */
  readonly series: SeriesName | null;
  /** Whether the total has a line. */
  readonly hasLine?: boolean;
  readonly value: number | null | undefined;
  readonly note?: string;
  readonly texts: ChartTexts;
  readonly isHidden?: boolean;
  readonly isDimmed: boolean;
  readonly shape: "end" | "chip";
}

const SHAPES = {
  end: "pointer-events-auto h-6 w-full rounded-sm text-xs",
  chip: "min-h-11 w-full border-t border-line text-sm sm:min-h-8 sm:border-0 sm:px-1",
} as const;

export function LegendButton(props: Props) {
  const { series, hasLine, value, note, texts, isHidden = false, isDimmed, shape } = props;
  const look = cn(
    "flex items-center gap-2 text-left whitespace-nowrap transition-opacity duration-100 figure-nums",
    SHAPES[shape],
    isDimmed && "opacity-40",
  );
  const content = (
    <>
      {(series || hasLine) && <Swatch look={series?.look ?? null} />}
      <span
        className={cn(
          "min-w-0 truncate",
          (shape === "chip" || note) && "flex-1",
          nameTone(series, isHidden),
        )}
      >
        {series?.name ?? texts.total}
      </span>
      {!isHidden && <b className="font-semibold text-ink">{valueText(value, texts)}</b>}
      {note && <small className="w-11 truncate text-2xs text-faint">{note}</small>}
    </>
  );
  if (!series) return <span className={look}>{content}</span>;
  return <SeriesButton {...props} series={series} look={look} content={content} />;
}

function nameTone(series: SeriesName | null, isHidden: boolean): string {
  if (!series) return "font-semibold text-ink";
  return isHidden ? "text-faint line-through" : "text-muted";
}

function valueText(value: number | null | undefined, texts: ChartTexts): string {
  return value === null || value === undefined ? "–" : texts.number(value);
}

/** A second click within this time makes a double click. */
const DOUBLE_CLICK_MS = 220;

interface SeriesButtonProps extends Props {
  readonly series: SeriesName;
  readonly look: string;
  readonly content: ReactNode;
}

function SeriesButton(props: SeriesButtonProps) {
  const { series, look, content, isHidden = false, texts, onToggle, onSolo, onFocus } = props;
  const { key } = series;
  const click = useRef<ReturnType<typeof setTimeout>>(undefined);
  const onKeyDown = (event: KeyboardEvent) => {
    if (!event.shiftKey || event.key !== "Enter") return;
    event.preventDefault();
    onSolo(key);
  };
  // Hiding moves the entry: a second click would miss it, and count for the one in its place.
  const onClick = (event: MouseEvent) => {
    if (event.detail === 0) return onToggle(key);
    if (click.current !== undefined) {
      clearTimeout(click.current);
      click.current = undefined;
      return onSolo(key);
    }
    click.current = setTimeout(() => {
      click.current = undefined;
      onToggle(key);
    }, DOUBLE_CLICK_MS);
  };
  const enter = () => onFocus(isHidden ? null : key);
  const leave = () => onFocus(null);
  return (
    <button
      type="button"
      aria-pressed={!isHidden}
      title={`${key}\n${texts.legendHint}`}
      onClick={onClick}
      onKeyDown={onKeyDown}
      onMouseEnter={enter}
      onMouseLeave={leave}
      onFocus={enter}
      onBlur={leave}
      className={cn(look, "hover:[&>span]:text-ink")}
    >
      {content}
    </button>
  );
}
