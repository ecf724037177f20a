import { useMessages } from "@/i18n";
import { cn } from "@/lib/cn";
import type { Compared, Comparison } from "./useComparison";

interface Props {
  readonly comparison: Comparison;
  readonly names: Readonly<Record<Compared, string>>;
}

/** Switches of the comparisons behind the curve. */
export function ComparisonLegend({ comparison, names }: Props) {
  const { curve } = useMessages().dashboard;
  const { offered, off, toggle } = comparison;
  if (offered.length === 0) return null;
  return (
    <ul aria-label={curve.comparison} className="flex flex-wrap items-center gap-x-1 text-xs">
      {offered.map((name) => (
        <li key={name}>
          <button
            type="button"
            aria-pressed={!off.has(name)}
            onClick={() => toggle(name)}
            className={cn(
              "touchable inline-flex h-6 items-center gap-1.5 rounded-sm px-1.5 text-muted hover:text-ink",
              off.has(name) && "text-faint line-through",
            )}
          >
            <Sample name={name} />
            <span>{names[name]}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}

function Sample({ name }: { readonly name: Compared }) {
  return (
    <svg aria-hidden="true" width="18" height="10" className="shrink-0">
      {name === "usual" ? (
        <rect width="18" height="10" rx="2" className="fill-ink" opacity=".12" />
      ) : (
        <path d="M0 5H18" className="stroke-faint" strokeWidth="1.5" strokeDasharray="2 3" />
      )}
    </svg>
  );
}
