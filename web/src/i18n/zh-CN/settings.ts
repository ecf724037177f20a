import type { Like } from "../catalogue";
import type { settings as english } from "../en/settings";

export const settings: Like<typeof english> = {
  title: "设置",
};
