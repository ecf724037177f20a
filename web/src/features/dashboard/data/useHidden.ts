/** The models, or the API keys, that the user has hidden; stored in the browser. */
import { useMemo, useRef, useState } from "react";
import { readStoredList, writeStored } from "@/lib/platform/storage";
import type { Group } from "@/lib/seriesNames";

const STORED = { model: "hidden", api_key: "hidden.keys" } as const satisfies Record<Group, string>;

export interface Hidden {
  readonly models: ReadonlySet<string>;
  /** Hide a model, or show it again. */
  readonly toggle: (model: string) => void;
  /** Show only this model, or all of them if only this one is shown. */
  readonly solo: (model: string, all: readonly string[]) => void;
  readonly showAll: () => void;
}

type Sets = Readonly<Record<Group, ReadonlySet<string>>>;

function readSets(): Sets {
  return {
    model: new Set(readStoredList(STORED.model)),
    api_key: new Set(readStoredList(STORED.api_key)),
  };
}

export function useHidden(group: Group): Hidden {
  const [sets, setSets] = useState(readSets);
  // A change may follow another one before the first is rendered.
  const latest = useRef(sets);
  const models = sets[group];
  const actions = useMemo(() => {
    const change = (next: (hidden: ReadonlySet<string>) => readonly string[]) => {
      const names = next(latest.current[group]);
      latest.current = { ...latest.current, [group]: new Set(names) };
      setSets(latest.current);
      writeStored(STORED[group], JSON.stringify(names));
    };
    return {
      toggle: (model: string) => change((hidden) => toggled(hidden, model)),
      solo: (model: string, all: readonly string[]) =>
        change((hidden) => soloed(hidden, model, all)),
      showAll: () => change(() => []),
    };
  }, [group]);
  return useMemo(() => ({ models, ...actions }), [models, actions]);
}

function toggled(hidden: ReadonlySet<string>, model: string): readonly string[] {
  return hidden.has(model) ? [...hidden].filter((other) => other !== model) : [...hidden, model];
}

function soloed(
  hidden: ReadonlySet<string>,
  model: string,
  all: readonly string[],
): readonly string[] {
  const others = all.filter((other) => other !== model);
  const isSolo = !hidden.has(model) && others.every((other) => hidden.has(other));
  return isSolo ? [] : others;
}
