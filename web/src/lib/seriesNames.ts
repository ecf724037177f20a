/** Short names of series: of models and of API keys. */
import { shortNames } from "./modelNames";

/** The group of a line of the curve. */
export type Group = "model" | "api_key";

const LONGEST = 20;
const HEAD = 8;
const TAIL = 6;

export interface SeriesTexts {
  /** The name of the requests without an API key. */
  readonly noKey: string;
  /** The name of the small series that the server sums in one. */
  readonly others: (count: number) => string;
}

interface Series {
  readonly key: string;
  /** How many series are summed in this one. */
  readonly others?: number | undefined;
}

/** Return a short name for each series. */
export function seriesNames(
  group: string,
  series: readonly Series[],
  texts: SeriesTexts,
): ReadonlyMap<string, string> {
  const keys = series.map(({ key }) => key);
  const names = group === "api_key" ? keyNames(keys, texts.noKey) : shortNames(keys);
  const rest = series.flatMap(({ key, others }) =>
    others === undefined ? [] : [[key, texts.others(others)] as const],
  );
  return new Map([...names, ...rest]);
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
