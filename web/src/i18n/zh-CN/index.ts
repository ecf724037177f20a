import { common } from "./common";
import { cookie } from "./cookie";
import { dashboard } from "./dashboard";
import { records } from "./records";
import { settings } from "./settings";

export const zhCN = { common, cookie, dashboard, records, settings };
