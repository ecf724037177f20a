import type { Like } from "../catalogue";
import type { cookie as english } from "../en/cookie";

export const cookie: Like<typeof english> = {
  title: "Cookie",
};
