import type { Like } from "../catalogue";
import type { annotations as english } from "../en/annotations";

export const annotations: Like<typeof english> = {
  events: {
    top_up: (amount) => `充值 ${amount}`,
    reset: (amount) => `重置 ${amount}`,
    recovery: (amount) => `恢复 ${amount}`,
    plan: (_amount) => "套餐变更",
  },
};
