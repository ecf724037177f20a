/** The lanes of all labels of a chart: parts that load on their own do not cover each other's. */
import { createContext, useContext, useId, useLayoutEffect, useSyncExternalStore } from "react";
import { Observable } from "@/lib/Observable";
import { type Extent, lanesOf } from "./lanes";

type Labels = ReadonlyMap<string, readonly Extent[]>;

/** The labels of each part, in the order in which the parts appeared. */
export class LabelRegistry {
  readonly #labels = new Observable<Labels>(new Map());

  readonly subscribe = this.#labels.subscribe;
  readonly current = this.#labels.get;

  put(part: string, labels: readonly Extent[]): void {
    if (areEqual(labels, this.current().get(part))) return;
    this.#labels.set(new Map(this.current()).set(part, labels));
  }

  remove(part: string): void {
    this.#labels.set(new Map([...this.current()].filter(([other]) => other !== part)));
  }
}

function areEqual(one: readonly Extent[], other: readonly Extent[] = []): boolean {
  return (
    one.length === other.length &&
    one.every(({ left, right }, at) => left === other[at]?.left && right === other[at]?.right)
  );
}

/** One registry for each chart. */
export const LabelsContext = createContext(new LabelRegistry());

/** Return the lane of each label beside those of the parts before; null where there is none left. */
export function useSharedLanes(
  labels: readonly Extent[],
  taken: readonly Extent[],
  most: number,
): readonly (number | null)[] {
  const part = useId();
  const registry = useContext(LabelsContext);
  const all = useSyncExternalStore(registry.subscribe, registry.current);
  useLayoutEffect(() => registry.put(part, labels));
  useLayoutEffect(() => () => registry.remove(part), [registry, part]);
  const before = [...all.keys()];
  const others = before
    .slice(0, before.includes(part) ? before.indexOf(part) : before.length)
    .flatMap((other) => all.get(other) ?? []);
  return lanesOf([...others, ...labels], taken, most).slice(others.length);
}
