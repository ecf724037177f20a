import type { Like } from "../catalogue";
import type { records as english } from "../en/records";

export const records: Like<typeof english> = {
  title: "记录",
};
