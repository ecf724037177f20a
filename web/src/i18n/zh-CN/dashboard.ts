import type { Like } from "../catalogue";
import type { dashboard as english } from "../en/dashboard";

export const dashboard: Like<typeof english> = {
  title: "曲线",
};
