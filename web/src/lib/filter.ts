/** The filter of records in the page's address. */

export interface Filter {
  /** Whether only the range that the page shows is meant. */
  readonly isInRange: boolean;
  readonly model: string | null;
  readonly endpoint: string | null;
  readonly apiKey: string | null;
  readonly counts: boolean | null;
  readonly leastCredits: number | null;
}

export const NO_FILTER: Filter = {
  isInRange: true,
  model: null,
  endpoint: null,
  apiKey: null,
  counts: null,
  leastCredits: null,
};

const COUNTS: Readonly<Record<string, boolean>> = { yes: true, no: false };
/** No name is longer: the server cuts them. */
const MAX_NAME = 256;

export function readFilter(query: URLSearchParams): Filter {
  const least = /^\d{1,9}$/.exec(query.get("min") ?? "");
  return {
    isInRange: query.get("records") !== "all",
    model: nameIn(query, "model"),
    endpoint: nameIn(query, "endpoint"),
    apiKey: nameIn(query, "key"),
    counts: COUNTS[query.get("counts") ?? ""] ?? null,
    leastCredits: least ? Number(least[0]) : null,
  };
}

/** Writes a filter into a query; default values are left out. */
export function writeFilter(query: URLSearchParams, filter: Filter): void {
  const { isInRange, model, endpoint, apiKey, counts, leastCredits } = filter;
  const texts = {
    records: isInRange ? null : "all",
    model,
    endpoint,
    key: apiKey,
    counts: counts === null ? null : counts ? "yes" : "no",
    min: leastCredits === null ? null : String(leastCredits),
  };
  for (const [name, text] of Object.entries(texts)) {
    if (text === null) query.delete(name);
    else query.set(name, text);
  }
}

function nameIn(query: URLSearchParams, name: string): string | null {
  return query.get(name)?.slice(0, MAX_NAME) || null;
}
