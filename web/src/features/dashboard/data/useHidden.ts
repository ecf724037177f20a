/** Which models the user has hidden; the browser remembers. */
import { useCallback, useState } from "react";
import { readStoredList, writeStored } from "@/lib/storage";

const STORED = "hidden";

export interface Hidden {
  readonly models: ReadonlySet<string>;
  /** Hides a model, or shows it again. */
  readonly toggle: (model: string) => void;
  /** Shows one model alone, or all again where it is alone already. */
  readonly solo: (model: string, all: readonly string[]) => void;
  readonly showAll: () => void;
}

export function useHidden(): Hidden {
  const [models, setModels] = useState<ReadonlySet<string>>(() => new Set(readStoredList(STORED)));
  const keep = useCallback((change: (before: ReadonlySet<string>) => ReadonlySet<string>) => {
    setModels((before) => {
      const after = change(before);
      writeStored(STORED, JSON.stringify([...after]));
      return after;
    });
  }, []);
  const toggle = useCallback(
    (model: string) =>
      keep((before) => {
        const after = new Set(before);
        if (!after.delete(model)) after.add(model);
        return after;
      }),
    [keep],
  );
  const solo = useCallback(
    (model: string, all: readonly string[]) =>
      keep((before) => {
        const others = all.filter((other) => other !== model);
        const isAlone = !before.has(model) && others.every((other) => before.has(other));
        return new Set(isAlone ? [] : others);
      }),
    [keep],
  );
  const showAll = useCallback(() => keep(() => new Set()), [keep]);
  return { models, toggle, solo, showAll };
}
