/** The choices of the filters: all names seen so far, whatever the current filter. */
import { useState } from "react";
import type { Rows } from "./rows";

type Field = "model" | "endpoint";

export function useSeen(rows: Rows | null, field: Field): readonly string[] {
  const [seen, setSeen] = useState<readonly string[]>([]);
  const [from, setFrom] = useState<Rows | null>(null);
  if (rows !== from) {
    setFrom(rows);
    const all = new Set(seen);
    for (const row of rows ?? []) all.add(row[field]);
    if (all.size > seen.length) setSeen([...all].sort());
  }
  return seen;
}

/** Every name once, the picked one among them wherever it was picked. */
export function offered(any: string, names: readonly string[], picked: string | null) {
  const all = [...new Set(picked === null ? names : [...names, picked])].toSorted();
  return [{ value: "", label: any }, ...all.map((name) => ({ value: name, label: name }))];
}

type CountsName = "any" | "yes" | "no";

export function countsOf(name: string): boolean | null {
  return name === "any" ? null : name === "yes";
}

export function countsName(counts: boolean | null): CountsName {
  if (counts === null) return "any";
  return counts ? "yes" : "no";
}
