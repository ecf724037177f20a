/** How long to wait before the next attempt: longer after each failure, with jitter. */
const FIRST_MS = 1_000;
const MAX_MS = 30_000;

export class Backoff {
  private failures = 0;
  private firstMs = FIRST_MS;

  constructor(private readonly random: () => number) {}

  /** Start with the shortest wait again. */
  reset(): void {
    this.failures = 0;
  }

  /** Take the shortest wait that the server asks for. */
  startWith(ms: number): void {
    this.firstMs = Math.min(Math.max(ms, FIRST_MS), MAX_MS);
  }

  /** Count a failure and return the wait after it. */
  nextMs(): number {
    const limitMs = Math.min(this.firstMs * 2 ** this.failures, MAX_MS);
    this.failures += 1;
    return limitMs * (0.5 + this.random() / 2);
  }
}
