/** The total is drawn only while the largest series has this share of it: it would press the rest. */
const LARGEST_SHARE = 0.3;

/** Whether a running total of all series is drawn beside them. */
export function hasTotalLine(sums: readonly number[]): boolean {
  const total = sums.reduce((sum, value) => sum + value, 0);
  return sums.length > 1 && total > 0 && Math.max(...sums) >= LARGEST_SHARE * total;
}
