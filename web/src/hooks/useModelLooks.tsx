/** The looks of the models for every component below the provider. */
import { createContext, type ReactNode, useContext, useMemo } from "react";
import { type ModelLooks, makeModelLooks } from "@/lib/modelLooks";

const ModelLooksContext = createContext<ModelLooks>(makeModelLooks([]));

interface Props {
  /** In the order of their first record. */
  readonly models: readonly string[];
  readonly children: ReactNode;
}

export function ModelLooksProvider({ models, children }: Props) {
  // Each status has a new list; the looks change only with its content.
  const text = JSON.stringify(models);
  const looks = useMemo(() => makeModelLooks(JSON.parse(text)), [text]);
  return <ModelLooksContext value={looks}>{children}</ModelLooksContext>;
}

export function useModelLooks(): ModelLooks {
  return useContext(ModelLooksContext);
}
