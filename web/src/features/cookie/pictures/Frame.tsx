import type { ReactNode } from "react";

/** The drawing area that the pictures share. They explain nothing that the text does not say. */
export function Frame({ children }: { children: ReactNode }) {
  return (
    <svg
      viewBox="0 0 288 160"
      preserveAspectRatio="xMidYMid slice"
      aria-hidden="true"
      className="h-36 w-full rounded-xl border border-line bg-sunken font-sans select-none md:aspect-[2/1] md:h-auto"
    >
      {children}
    </svg>
  );
}

/** A window's bar with its three dots. */
export function WindowBar({ x, y, width }: { x: number; y: number; width: number }) {
  return (
    <>
      <path
        d={`M${x} ${y + 22}v-12a8 8 0 0 1 8-8h${width - 16}a8 8 0 0 1 8 8v12z`}
        className="fill-raised"
      />
      <path d={`M${x} ${y + 22.5}h${width}`} className="stroke-line" />
      {[12, 21, 30].map((shift) => (
        <circle key={shift} cx={x + shift} cy={y + 12} r="2.75" className="fill-line-strong/45" />
      ))}
    </>
  );
}

interface BarProps {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height?: number;
  readonly className?: string;
}

/** Stands for a line of text. */
export function Bar({ x, y, width, height = 5, className = "fill-line" }: BarProps) {
  return <rect x={x} y={y} width={width} height={height} rx={height / 2} className={className} />;
}
