import { createContext, useContext } from "react";
import type { Scene } from "./scene";

/** The scene for what is placed within the chart; null until the chart has a size. */
export const SceneContext = createContext<Scene | null>(null);

export function useChartScene(): Scene | null {
  return useContext(SceneContext);
}
