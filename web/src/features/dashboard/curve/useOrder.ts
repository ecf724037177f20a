import { useState } from "react";
import type { Usage } from "@/api/types";
import { type Range, rangeKey } from "@/lib/range";
import { orderOf } from "../data/chart";

interface Order {
  readonly range: string;
  readonly models: readonly string[];
}

const NONE: Order = { range: "", models: [] };

/** The models by their sum, fixed while the range stays: live updates do not reorder rows. */
export function useOrder(range: Range, usage: Usage | undefined): readonly string[] {
  const [order, setOrder] = useState(NONE);
  const next = usage ? nextOrder(order, `${rangeKey(range)} ${usage.by}`, usage) : order;
  if (next !== order) setOrder(next);
  return next.models;
}

function nextOrder(order: Order, range: string, { series }: Usage): Order {
  if (order.range !== range || order.models.length === 0) {
    const models = orderOf(series);
    return models.length === 0 && order.range === range ? order : { range, models };
  }
  const added = orderOf(series).filter((key) => !order.models.includes(key));
  return added.length === 0 ? order : { range, models: [...order.models, ...added] };
}
