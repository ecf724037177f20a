/**
 * Label placement: positions at least `gap` apart, within bounds, as near to the wanted ones as
 * possible (isotonic regression by pooling adjacent violators).
 */
export function spread(
  wanted: readonly number[],
  gap: number,
  low: number,
  high: number,
): readonly number[] {
  const order = wanted.map((_, at) => at).sort((a, b) => at(wanted, a) - at(wanted, b) || a - b);
  const blocks = pooled(order.map((id, rank) => at(wanted, id) - rank * gap));
  const last = high - (wanted.length - 1) * gap;
  const placed = new Array<number>(wanted.length).fill(low);
  let rank = 0;
  for (const { sum, count } of blocks) {
    const base = Math.max(low, Math.min(sum / count, last));
    for (const id of order.slice(rank, rank + count)) {
      placed[id] = base + rank * gap;
      rank += 1;
    }
  }
  return placed;
}

interface Block {
  readonly sum: number;
  readonly count: number;
}

/** Merge neighbours until the means ascend. */
function pooled(values: readonly number[]): readonly Block[] {
  const blocks: Block[] = [];
  for (const value of values) {
    let block: Block = { sum: value, count: 1 };
    for (let before = blocks.at(-1); before; before = blocks.at(-1)) {
      if (before.sum / before.count <= block.sum / block.count) break;
      block = { sum: before.sum + block.sum, count: before.count + block.count };
      blocks.pop();
    }
    blocks.push(block);
  }
  return blocks;
}

function at(values: readonly number[], index: number): number {
  return values[index] ?? 0;
}
