/** Short names of models: `claude-opus-4-5-20251101` is "Opus 4.5". */

const CLAUDE =
  /^claude-(?:(\d+)(?:-(\d{1,2}))?-)?(opus|sonnet|haiku)(?:-(\d{1,2})(?:-(\d{1,2}))?)?(?:-(\d{8}))?(?:-(.+))?$/;

/** The date of the version in an id, as written there; null for none. */
export function versionDate(id: string): string | null {
  return /-(20\d{6})(?:-|$)/.exec(id)?.[1] ?? null;
}

/** The short name; ids of other forms are returned unchanged. */
export function shortName(id: string): string {
  const [, major, minor, family, laterMajor, laterMinor, , suffix] = CLAUDE.exec(id) ?? [];
  if (!family) return id;
  const version = [major ?? laterMajor, minor ?? laterMinor].filter(Boolean).join(".");
  const name = family.slice(0, 1).toUpperCase() + family.slice(1);
  return [name, version, suffix].filter(Boolean).join(" ");
}

/** Short names of several models; those that would be equal get their date, or stay ids. */
export function shortNames(ids: readonly string[]): ReadonlyMap<string, string> {
  const counts = countBy(ids.map(shortName));
  const dated = (id: string) => [shortName(id), versionDate(id)].filter(Boolean).join(" ");
  const datedCounts = countBy(ids.map(dated));
  return new Map(
    ids.map((id) => {
      if (counts.get(shortName(id)) === 1) return [id, shortName(id)];
      return [id, datedCounts.get(dated(id)) === 1 ? dated(id) : id];
    }),
  );
}

function countBy(names: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}
