/** All resets: ours as they were asked for, and those that the balance shows were used elsewhere. */
import type { Account, AccountHistory } from "@/api/types";

export type Entry = Account["resets"][number];

export function loggedResets(
  ours: readonly Entry[],
  history: AccountHistory | undefined,
): readonly Entry[] {
  const elsewhere = (history?.events ?? []).filter(
    ({ kind, by }) => kind === "reset" && by === "site",
  );
  return [...ours, ...elsewhere.map(entryOf)].toSorted(
    (one, other) => Date.parse(other.at) - Date.parse(one.at),
  );
}

function entryOf({ t, amount }: AccountHistory["events"][number]): Entry {
  return {
    id: -t,
    at: new Date(t).toISOString(),
    by: "site",
    state: "done",
    before: null,
    after: null,
    amount,
    remaining: null,
    reason: null,
  };
}
