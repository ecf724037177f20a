/** The models that the user has hidden; stored in the browser. */
import { useMemo, useState } from "react";
import { readStoredList, writeStored } from "@/lib/platform/storage";

const STORED = "hidden";

export interface Hidden {
  readonly models: ReadonlySet<string>;
  /** Hide a model, or show it again. */
  readonly toggle: (model: string) => void;
  /** Show only this model, or all of them if only this one is shown. */
  readonly solo: (model: string, all: readonly string[]) => void;
  readonly showAll: () => void;
}

export function useHidden(): Hidden {
  const [models, setModels] = useState<ReadonlySet<string>>(() => new Set(readStoredList(STORED)));
  return useMemo(() => {
    const change = (names: Iterable<string>) => {
      const changed = new Set(names);
      setModels(changed);
      writeStored(STORED, JSON.stringify([...changed]));
    };
    return {
      models,
      toggle: (model) => change(toggled(models, model)),
      solo: (model, all) => change(soloed(models, model, all)),
      showAll: () => change([]),
    };
  }, [models]);
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
