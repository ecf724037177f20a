import type { After } from "@/lib/platform/after";
import type { Clock } from "@/lib/platform/clock";
import type { Source } from "./source";

/** The page's environment, as arguments. */
export interface Environment {
  readonly source: Source;
  readonly clock: Clock;
  readonly random: () => number;
  readonly after: After;
  readonly isVisible: () => boolean;
  readonly isOnline: () => boolean;
  /** Call back when visibility or the network changes; return a function that stops it. */
  readonly onChange: (callback: () => void) => () => void;
}
