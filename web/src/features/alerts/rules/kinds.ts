/** The kinds of rules in the order of their menu, and the first values of a new rule of each. */
import type { NewRule, RuleKind } from "@/api/alerts";

const HOUR_S = 3_600;

export const DEFAULTS: Readonly<Record<RuleKind, Omit<NewRule, "kind">>> = {
  spend: { window_s: HOUR_S, above: 5_000 },
  away: { from: "00:00", to: "07:00" },
  rate: { times_usual: 3 },
  new_key: {},
  balance: {},
  runs_out: { within_h: 6 },
  cookie: { urgent: true },
  silence: { minutes: 30 },
  mismatch: {},
  loss: {},
  unreadable: {},
  disk: {},
};

export const KINDS = Object.keys(DEFAULTS) as readonly RuleKind[];

/** Kinds with a value at which they are over; the others are over when their reason is gone. */
export const HAS_RECOVERY: ReadonlySet<RuleKind> = new Set([
  "spend",
  "rate",
  "balance",
  "runs_out",
]);

/** Kinds that count credits. */
export const IS_AMOUNT: ReadonlySet<RuleKind> = new Set(["spend", "away", "balance"]);

/** Kinds whose past values are not kept: only reported alerts are known. */
export const IS_UNRECORDED: ReadonlySet<RuleKind> = new Set(["cookie", "silence", "disk"]);

/** The greatest values that the server accepts, besides amounts. */
export const MOST = { times: 1_000, hours: 720, minutes: 10_080 } as const;

export const WINDOWS_S = [
  900,
  HOUR_S,
  3 * HOUR_S,
  6 * HOUR_S,
  24 * HOUR_S,
  7 * 24 * HOUR_S,
] as const;
export const DURATIONS_S = [0, 60, 300, 900, 1_800, HOUR_S] as const;
export const REPEATS_S = [1_800, HOUR_S, 3 * HOUR_S, 6 * HOUR_S, 24 * HOUR_S] as const;

/** Return the offered values with the present one among them. */
export function withPresent(offered: readonly number[], present: number): readonly number[] {
  return [...new Set([...offered, present])].sort((one, other) => one - other);
}
