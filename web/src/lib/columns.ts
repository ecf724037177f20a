/** Searching and adding up columns whose times never fall. */

/** The first place with a time not before `t`. */
export function lowerBound(times: ArrayLike<number>, t: number): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((times[middle] ?? 0) < t) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The sum of `values` at the places `[start, end)`. */
export function sumBetween(values: ArrayLike<number>, start: number, end: number): number {
  let sum = 0;
  for (let at = start; at < end; at += 1) sum += values[at] ?? 0;
  return tidy(sum);
}

/** Takes binary fractions' dust off a sum of decimals. */
export function tidy(sum: number): number {
  return Number.isInteger(sum) ? sum : Number(sum.toPrecision(15));
}
