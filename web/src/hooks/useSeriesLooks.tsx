/** The looks of models and of API keys for every component below the provider. */
import { createContext, type ReactNode, useContext, useMemo } from "react";
import { type ModelLooks, makeModelLooks } from "@/lib/modelLooks";

interface Looks {
  readonly models: ModelLooks;
  readonly keys: ModelLooks;
}

const NO_LOOKS = makeModelLooks([]);
const LooksContext = createContext<Looks>({ models: NO_LOOKS, keys: NO_LOOKS });

interface Props {
  /** In the order of their first record. */
  readonly models: readonly string[];
  readonly keys: readonly string[];
  readonly children: ReactNode;
}

export function LooksProvider({ models, keys, children }: Props) {
  // Each status has new lists; the looks change only with their content.
  const text = JSON.stringify([models, keys]);
  const looks = useMemo(() => {
    const [ofModels, ofKeys] = JSON.parse(text);
    return { models: makeModelLooks(ofModels), keys: makeModelLooks(ofKeys) };
  }, [text]);
  return <LooksContext value={looks}>{children}</LooksContext>;
}

export function useModelLooks(): ModelLooks {
  return useContext(LooksContext).models;
}

/** Return the looks of the series that share a property. */
export function useSeriesLooks(group: string): ModelLooks {
  const { models, keys } = useContext(LooksContext);
  return group === "api_key" ? keys : models;
}
