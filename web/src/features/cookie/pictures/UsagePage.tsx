import { Bar, Frame, WindowBar } from "./Frame";

/** A browser with the site's usage page. */
export function UsagePage({ address, title }: { address: string; title: string }) {
  return (
    <Frame>
      <rect x="24" y="22" width="240" height="150" rx="8" className="fill-surface stroke-line" />
      <WindowBar x={24} y={20} width={240} />
      <rect x="66" y="25" width="184" height="14" rx="7" className="fill-sunken stroke-line" />
      <path
        d="M75.5 31.5v-1.2a1.8 1.8 0 0 1 3.6 0v1.2m-4.4 0h5.2v3.6h-5.2z"
        className="fill-none stroke-muted"
        strokeWidth="1"
      />
      <text x="84" y="34.7" className="fill-muted" fontSize="8">
        {address}
      </text>
      <Sidebar />
      <text x="92" y="63" className="fill-ink" fontSize="10" fontWeight="600">
        {title}
      </text>
      <rect x="92" y="70" width="160" height="52" rx="5" className="fill-canvas stroke-line" />
      <path d="M98 87.5h148M98 100.5h148M98 113.5h148" className="stroke-line" strokeWidth="0.75" />
      <path
        d="M100 111l14-5 13 2 14-14 13 6 15-18 13 9 14-4 14-13 14 7 14-6v37H100z"
        className="fill-accent/10"
      />
      <path
        d="M100 111l14-5 13 2 14-14 13 6 15-18 13 9 14-4 14-13 14 7 14-6"
        className="fill-none stroke-accent"
        strokeWidth="1.75"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
      <circle cx="238" cy="75" r="3" className="fill-accent stroke-canvas" strokeWidth="1.5" />
      {[131, 143, 155].map((y) => (
        <g key={y}>
          <Bar x={92} y={y} width={54} />
          <Bar x={164} y={y} width={30} />
          <Bar x={228} y={y} width={24} />
        </g>
      ))}
    </Frame>
  );
}

function Sidebar() {
  return (
    <>
      <path d="M78.5 42v130" className="stroke-line" />
      <rect x="30" y="68" width="42" height="14" rx="4" className="fill-accent-soft" />
      <Bar x={36} y={54} width={26} />
      <Bar x={36} y={72.5} width={30} className="fill-accent/70" />
      <Bar x={36} y={91} width={22} />
      <Bar x={36} y={106} width={28} />
      <Bar x={36} y={121} width={18} />
    </>
  );
}
