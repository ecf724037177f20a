/** What parts of the page need to know about the range that is shown. */
import type { Span } from "@/lib/range";
import type { Gap, Usage } from "./types";

export interface RangeData {
  /** Single requests, or sums of at most an hour. */
  readonly usage: Usage;
  /** The whole range; its end may be ahead. */
  readonly span: Span;
  /** The part of it up to now. */
  readonly past: Span;
  readonly gaps: readonly Gap[];
  /** The series that the user has hidden. */
  readonly hidden: ReadonlySet<string>;
  readonly onToggle: (key: string) => void;
}
