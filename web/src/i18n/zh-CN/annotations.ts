import type { AnnotationTexts } from "@/features/dashboard/annotations/texts";

export const annotations: AnnotationTexts = {
  events: {
    top_up: (amount) => `充值 ${amount}`,
    reset: (amount) => `重置 ${amount}`,
    plan: (amount) => `套餐 ${amount}`,
  },
};
