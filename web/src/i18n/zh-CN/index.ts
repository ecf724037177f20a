import { common } from "./common";
import { cookie } from "./cookie";
import { dashboard } from "./dashboard";

/** The shell's texts. The parts that load later bring their own, see `useTexts`. */
export const zhCN = { common, cookie, dashboard };
