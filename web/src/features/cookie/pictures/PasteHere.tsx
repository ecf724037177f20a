import { Bar, Frame } from "./Frame";

/** The paste box with a request in it, found good. */
export function PasteHere({ valid }: { valid: string }) {
  return (
    <Frame>
      <rect x="32" y="24" width="224" height="112" rx="10" className="fill-surface stroke-line" />
      <rect
        x="44"
        y="36"
        width="200"
        height="62"
        rx="7"
        className="fill-sunken stroke-accent"
        strokeDasharray="4 3"
      />
      <Bar x={54} y={46} width={24} className="fill-accent/70" />
      <Bar x={84} y={46} width={120} className="fill-line-strong/35" />
      <Bar x={54} y={58} width={14} className="fill-line-strong/60" />
      <Bar x={74} y={58} width={44} className="fill-accent/70" />
      <Bar x={124} y={58} width={98} className="fill-line-strong/35" />
      <Bar x={54} y={70} width={168} className="fill-line-strong/35" />
      <Bar x={54} y={82} width={86} className="fill-line-strong/35" />
      <path d="M146.5 79v11" className="stroke-accent" strokeWidth="1.5" />
      <circle cx="53" cy="117" r="8" className="fill-good-soft" />
      <path
        d="M49.5 117.2l2.4 2.5 4.7-5"
        className="fill-none stroke-good"
        strokeWidth="1.75"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
      <text x="67" y="120.5" className="fill-good" fontSize="10" fontWeight="600">
        {valid}
      </text>
      <Key x={176} width={34} mark="Ctrl" />
      <Key x={214} width={22} mark="V" />
    </Frame>
  );
}

function Key({ x, width, mark }: { x: number; width: number; mark: string }) {
  return (
    <>
      <rect x={x} y="108" width={width} height="20" rx="5" className="fill-line" />
      <rect x={x} y="106" width={width} height="20" rx="5" className="fill-raised stroke-line" />
      <text x={x + width / 2} y="119.5" textAnchor="middle" className="fill-ink" fontSize="9">
        {mark}
      </text>
    </>
  );
}
