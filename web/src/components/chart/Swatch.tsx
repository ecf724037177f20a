import type { SeriesLook } from "./types";

/** A sample of a series' line with its marker; without a look, of the total's line. */
export function Swatch({ look }: { look: SeriesLook | null }) {
  if (!look) {
    return (
      <svg aria-hidden="true" width="18" height="12" className="shrink-0 text-ink">
        <path d="M0 6H18" stroke="currentColor" strokeWidth="1.5" />
      </svg>
    );
  }
  return (
    <svg
      aria-hidden="true"
      width="18"
      height="12"
      viewBox="0 0 18 12"
      fill={look.color}
      className="shrink-0 forced-color-adjust-none"
    >
      <path
        d="M0 6H18"
        stroke={look.color}
        strokeWidth="2"
        strokeDasharray={look.dash ? look.dash.join(" ") : undefined}
      />
      <path d={MARKERS[look.marker]} />
    </svg>
  );
}

const MARKERS = {
  circle: "M5.8 6a3.2 3.2 0 1 0 6.4 0a3.2 3.2 0 1 0 -6.4 0",
  square: "M6 3h6v6h-6z",
  triangle: "M9 2.2 12.6 9H5.4z",
  diamond: "M9 1.8 13 6 9 10.2 5 6z",
} as const;
