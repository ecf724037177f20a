/** The choices of the records' filters: also names that the present filter hides. */
import { useEffect, useState } from "react";
import type { Rows } from "./rows";

type Field = "model" | "endpoint";

export function useSeen(rows: Rows | null, field: Field): readonly string[] {
  const [seen, setSeen] = useState<readonly string[]>([]);
  useEffect(() => setSeen((before) => withNames(before, rows ?? [], field)), [rows, field]);
  return seen;
}

/** Return the same list if no name is new, so that React renders nothing. */
function withNames(seen: readonly string[], rows: Rows, field: Field): readonly string[] {
  const all = new Set(seen);
  for (const row of rows) all.add(row[field]);
  return all.size > seen.length ? [...all].sort() : seen;
}

/** List every name once, the picked one included. */
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
