/** The models, or the API keys, that the user has hidden; stored in the browser. */
import { useMemo, useState } from "react";
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
  const models = sets[group];
  return useMemo(() => {
    const change = (names: Iterable<string>) => {
      const changed = new Set(names);
      setSets((before) => ({ ...before, [group]: changed }));
      writeStored(STORED[group], JSON.stringify([...changed]));
    };
    return {
      models,
      toggle: (model) => change(toggled(models, model)),
      solo: (model, all) => change(soloed(models, model, all)),
      showAll: () => change([]),
    };
  }, [group, models]);
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
