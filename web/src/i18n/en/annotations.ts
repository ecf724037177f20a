/** Texts of the marks on the curve; they load with it. */
export const annotations = {
  events: {
    top_up: (amount: string) => `Top-up ${amount}`,
    reset: (amount: string) => `Reset ${amount}`,
    recovery: (amount: string) => `Recovery ${amount}`,
    plan: (_amount: string) => "New plan",
  },
};
