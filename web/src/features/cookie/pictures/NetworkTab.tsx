import type { CookieTexts } from "../texts";
import { Bar, Frame } from "./Frame";

type Names = CookieTexts["steps"]["pictures"];

/** The line that is meant, in every language. */
const LINE = { name: "usage", status: "200" };

/** The developer tools' list of requests, the copy menu open on one of them. */
export function NetworkTab({ names }: { names: Names }) {
  return (
    <Frame>
      <rect x="16" y="14" width="256" height="160" rx="8" className="fill-surface stroke-line" />
      <Tabs names={names} />
      <text x="30" y="53" className="fill-faint" fontSize="8">
        {names.name}
      </text>
      <text x="118" y="53" className="fill-faint" fontSize="8">
        {names.status}
      </text>
      <path d="M16 58.5h256M110.5 42v132" className="stroke-line" />
      <rect x="16.5" y="59" width="255" height="16" className="fill-accent-soft" />
      <text x="30" y="70" className="fill-ink" fontSize="9" fontWeight="600">
        {LINE.name}
      </text>
      <text x="118" y="70" className="fill-good" fontSize="9">
        {LINE.status}
      </text>
      {[82, 98, 114, 130, 146].map((y, row) => (
        <g key={y}>
          <Bar x={30} y={y} width={38 + ((row * 17) % 31)} />
          <Bar x={118} y={y} width={16} />
        </g>
      ))}
      <CopyMenu names={names} />
    </Frame>
  );
}

function Tabs({ names }: { names: Names }) {
  return (
    <>
      <path d="M16.5 41v-19a8 8 0 0 1 8-7.5h239a8 8 0 0 1 8 7.5v19z" className="fill-raised" />
      <path d="M16 41.5h256" className="stroke-line" />
      <text x="30" y="31" className="fill-faint" fontSize="9">
        {names.elements}
      </text>
      <text x="82" y="31" className="fill-faint" fontSize="9">
        {names.console}
      </text>
      <text x="132" y="31" className="fill-accent" fontSize="9" fontWeight="600">
        {names.network}
      </text>
      <path d="M128 41h46" className="stroke-accent" strokeWidth="2" />
    </>
  );
}

function CopyMenu({ names }: { names: Names }) {
  return (
    <g transform="translate(0 -9)">
      <g className="drop-shadow-sm">
        <rect x="70" y="84" width="86" height="42" rx="6" className="fill-raised stroke-line" />
        <rect x="154" y="96" width="106" height="56" rx="6" className="fill-raised stroke-line" />
      </g>
      <text x="79" y="98" className="fill-muted" fontSize="8.5">
        {names.open}
      </text>
      <rect x="74" y="104" width="78" height="16" rx="4" className="fill-hover" />
      <text x="79" y="115" className="fill-ink" fontSize="8.5" fontWeight="600">
        {names.copy}
      </text>
      <path
        d="M143 109l3.5 3-3.5 3"
        className="fill-none stroke-ink"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
      <text x="163" y="110" className="fill-muted" fontSize="8.5">
        {names.copyUrl}
      </text>
      <rect x="158" y="115" width="98" height="17" rx="4" className="fill-accent" />
      <text x="163" y="126.5" className="fill-accent-ink" fontSize="8.5" fontWeight="600">
        {names.copyCurl}
      </text>
      <text x="163" y="144" className="fill-muted" fontSize="8.5">
        {names.copyFetch}
      </text>
      <path
        d="M238 121.5v14.5l3.6-3.3 2.4 5.4 2.6-1.2-2.4-5.2h4.8z"
        className="fill-ink stroke-surface"
        strokeWidth="1.2"
        strokeLinejoin="round"
      />
    </g>
  );
}
