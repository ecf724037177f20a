import { ArrowLeft } from "lucide-react";
import type { MouseEvent, RefObject } from "react";
import { changeAddress } from "@/hooks/useAddress";
import { changedSearch } from "@/lib/address";
import { cn } from "@/lib/cn";
import type { SectionEntry } from "./sections";
import { useSettingsTexts } from "./texts";

interface Props {
  readonly sections: readonly SectionEntry[];
  readonly current: SectionEntry["name"];
  readonly title: RefObject<HTMLHeadingElement | null>;
}

/** The page's title, the way back, and the sections: a column, on narrow pages a row. */
export function Navigation({ sections, current, title }: Props) {
  const texts = useSettingsTexts();
  return (
    <div className="flex min-w-0 flex-col gap-3 lg:sticky lg:top-20 lg:self-start">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 lg:flex-col lg:items-start lg:px-2.5">
        <AddressLink
          to={null}
          className="touchable inline-flex items-center gap-1.5 rounded-md text-sm text-muted hover:text-ink"
        >
          <ArrowLeft size={14} aria-hidden="true" />
          <span>{texts.back}</span>
        </AddressLink>
        <h2 ref={title} tabIndex={-1} className="text-base font-semibold outline-none">
          {texts.title}
        </h2>
      </div>
      <nav aria-label={texts.sections} className="-mx-1 overflow-x-auto px-1 py-1 lg:mx-0 lg:p-0">
        <ul className="flex w-max gap-1 lg:w-auto lg:flex-col lg:gap-0.5">
          {sections.map(({ name, icon: Icon }) => (
            <li key={name} className="shrink-0">
              <AddressLink
                to={name}
                isCurrent={name === current}
                className={cn(
                  "flex h-9 items-center gap-2.5 rounded-lg px-2.5 text-sm whitespace-nowrap pointer-coarse:h-11",
                  name === current
                    ? "bg-sunken font-medium text-ink"
                    : "text-muted hover:bg-hover hover:text-ink",
                )}
              >
                <Icon size={16} aria-hidden="true" />
                <span>{texts.names[name]}</span>
              </AddressLink>
            </li>
          ))}
        </ul>
      </nav>
    </div>
  );
}

interface LinkProps {
  /** The section to show; null: the page behind the settings. */
  readonly to: string | null;
  readonly isCurrent?: boolean;
  readonly className: string;
  readonly children: React.ReactNode;
}

/** A link within the page that also opens in a new tab. */
function AddressLink({ to, isCurrent = false, className, children }: LinkProps) {
  const change = { settings: to };
  const follow = (event: MouseEvent) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    changeAddress(change);
  };
  return (
    <a
      href={changedSearch(window.location.search, change) || "?"}
      aria-current={isCurrent ? "page" : undefined}
      className={className}
      onClick={follow}
    >
      {children}
    </a>
  );
}
