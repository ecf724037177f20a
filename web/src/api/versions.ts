/**
 * The versions of the server's data, and which of the page's data are older.
 *
 * Answers and events name the versions of the data they describe. The page remembers the newest
 * version that it heard of, and at which step of its own knowledge. Data is outdated if it has
 * another version and was requested before the newest one became known: data requested later
 * is at least as new. So the order in which answers and events arrive does not matter, and each
 * change causes at most one more request.
 */
import type { components } from "./schema";

type AllVersions = components["schemas"]["Versions"] & components["schemas"]["AlertVersions"];

export type VersionName = keyof AllVersions;

export type Versions = Partial<AllVersions>;

export interface Known {
  /** The number of changes heard so far: the page's logical time. */
  readonly step: number;
  readonly versions: Versions;
  /** The step of each version's arrival. */
  readonly since: Readonly<Partial<Record<VersionName, number>>>;
  /** The step before which nothing that was fetched is valid. */
  readonly validSince: number;
}

/** The knowledge at the time of a request. */
export interface Stamp {
  readonly versions: Versions;
  /** The page's step when the request was sent. */
  readonly askedAt: number;
}

export const NOTHING_KNOWN: Known = { step: 0, versions: {}, since: {}, validSince: 0 };

/** Store the versions that an event named. */
export function learnVersions(known: Known, heard: Versions): Known {
  const names = (Object.keys(heard) as VersionName[]).filter(
    (name) => heard[name] !== undefined && heard[name] !== known.versions[name],
  );
  if (names.length === 0) return known;
  const step = known.step + 1;
  const since = Object.fromEntries(names.map((name) => [name, step]));
  const versions = Object.fromEntries(names.map((name) => [name, heard[name]]));
  return {
    ...known,
    step,
    versions: { ...known.versions, ...versions },
    since: { ...known.since, ...since },
  };
}

/** Forget all versions: the server's data has been replaced. */
export function forgetVersions(known: Known): Known {
  const step = known.step + 1;
  return { step, versions: {}, since: {}, validSince: step };
}

/**
 * Forget a version that a new stream does not name: data fetched before may be outdated by
 * changes that no event reported.
 */
export function forgetVersion(known: Known, name: VersionName): Known {
  const step = known.step + 1;
  const { [name]: _, ...versions } = known.versions;
  return { ...known, step, versions, since: { ...known.since, [name]: step } };
}

export function isOutdated(stamp: Stamp, known: Known, names: readonly VersionName[]): boolean {
  if (stamp.askedAt < known.validSince) return true;
  return names.some((name) => isOlder(name, stamp, known));
}

function isOlder(name: VersionName, { versions, askedAt }: Stamp, known: Known): boolean {
  const newest = known.versions[name];
  const own = versions[name];
  if (askedAt >= (known.since[name] ?? 0)) return false;
  if (newest === undefined || own === undefined) return true;
  // Only revisions are ordered; the answer may be ahead of the events.
  return name === "revision" ? own < newest : own !== newest;
}
