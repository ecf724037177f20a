/** The list of a combobox: a search field with the focus, and the matches. */
import { Check } from "lucide-react";
import { type KeyboardEvent, useId, useMemo, useRef, useState } from "react";
import { cn } from "@/lib/cn";

export interface ComboboxOption {
  readonly value: string;
  readonly label: string;
  /** Shown at the right, in a quieter colour. */
  readonly note: string;
}

export interface ChoicesProps {
  readonly label: string;
  readonly options: readonly ComboboxOption[];
  readonly value: string;
  readonly matches: (option: ComboboxOption, search: string) => boolean;
  readonly onChange: (value: string) => void;
  readonly searchText: string;
  readonly noneText: string;
  readonly countText: (count: number) => string;
}

export function Choices(props: ChoicesProps & { readonly onDone: () => void }) {
  const { options, value, matches, onChange, onDone, label, searchText, noneText, countText } =
    props;
  const listId = useId();
  const [search, setSearch] = useState("");
  const found = useMemo(
    () => options.filter((option) => matches(option, search.trim())),
    [options, matches, search],
  );
  const [at, setAt] = useState(() =>
    Math.max(
      0,
      options.findIndex((option) => option.value === value),
    ),
  );
  const active = Math.min(at, found.length - 1);
  const list = useRef<HTMLDivElement>(null);

  const choose = (option: ComboboxOption | undefined) => {
    if (!option) return;
    if (option.value !== value) onChange(option.value);
    onDone();
  };
  const move = (event: KeyboardEvent) => {
    if (event.key === "Enter") {
      event.preventDefault();
      choose(found[active]);
      return;
    }
    const next = stepped(event.key, active, found.length);
    if (next === null) return;
    event.preventDefault();
    setAt(next);
    list.current?.children[next]?.scrollIntoView({ block: "nearest" });
  };
  return (
    <>
      <input
        role="combobox"
        aria-expanded="true"
        aria-controls={listId}
        aria-activedescendant={found.length > 0 ? `${listId}-${active}` : undefined}
        aria-autocomplete="list"
        aria-label={searchText}
        placeholder={searchText}
        autoComplete="off"
        spellCheck={false}
        value={search}
        onChange={(event) => {
          setSearch(event.target.value);
          setAt(0);
        }}
        onKeyDown={move}
        className="h-11 border-b border-line bg-transparent px-4 text-sm outline-none placeholder:text-faint"
      />
      <p role="status" className="sr-only">
        {found.length === 0 ? noneText : countText(found.length)}
      </p>
      {found.length === 0 && <p className="px-4 py-6 text-center text-sm text-muted">{noneText}</p>}
      <div
        ref={list}
        id={listId}
        role="listbox"
        aria-label={label}
        className="max-h-72 overflow-y-auto overscroll-contain p-1"
      >
        {found.map((option, index) => (
          <Choice
            key={option.value}
            id={`${listId}-${index}`}
            option={option}
            isChosen={option.value === value}
            isActive={index === active}
            onPick={() => choose(option)}
          />
        ))}
      </div>
    </>
  );
}

interface ChoiceProps {
  readonly id: string;
  readonly option: ComboboxOption;
  readonly isChosen: boolean;
  readonly isActive: boolean;
  readonly onPick: () => void;
}

function Choice({ id, option, isChosen, isActive, onPick }: ChoiceProps) {
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the field above has the focus and the keys.
    <div
      id={id}
      role="option"
      tabIndex={-1}
      aria-selected={isChosen}
      onClick={onPick}
      className={cn(
        "touchable flex h-8 cursor-pointer items-center gap-2 rounded-md px-3 text-sm [contain-intrinsic-size:auto_2rem] [content-visibility:auto] hover:bg-hover",
        isActive && "bg-hover",
      )}
    >
      <span className="min-w-0 flex-1 truncate">{option.label}</span>
      <span className="figure-nums shrink-0 text-xs text-muted">{option.note}</span>
      <Check
        size={14}
        aria-hidden="true"
        className={cn("shrink-0 text-accent", !isChosen && "invisible")}
      />
    </div>
  );
}

/** Where a key leads in a list of so many; null for a key that does not move. */
function stepped(key: string, at: number, count: number): number | null {
  const last = count - 1;
  const steps: Readonly<Record<string, number>> = {
    ArrowDown: at >= last ? 0 : at + 1,
    ArrowUp: at <= 0 ? last : at - 1,
    PageDown: Math.min(at + 8, last),
    PageUp: Math.max(at - 8, 0),
  };
  return steps[key] ?? null;
}
