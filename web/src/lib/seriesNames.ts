/** Short names of series: of models and of API keys. */
import { shortNames } from "./modelNames";

/** What a line of the curve stands for. */
export type Group = "model" | "api_key";

const LONGEST = 20;
const HEAD = 8;
const TAIL = 6;

/** Return a short name for each series; `none` names the requests without a key. */
export function seriesNames(
  group: string,
  keys: readonly string[],
  none: string,
): ReadonlyMap<string, string> {
  return group === "api_key" ? keyNames(keys, none) : shortNames(keys);
}

/** Long keys keep both ends; those that would be equal stay whole. */
function keyNames(keys: readonly string[], none: string): ReadonlyMap<string, string> {
  const names = keys.map((key) => shortKey(key) || none);
  return new Map(
    keys.map((key, at) => {
      const name = names[at] ?? key;
      return [key, names.indexOf(name) === names.lastIndexOf(name) ? name : key || none];
    }),
  );
}

function shortKey(key: string): string {
  return key.length <= LONGEST ? key : `${key.slice(0, HEAD)}…${key.slice(-TAIL)}`;
}
