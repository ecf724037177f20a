/** The site that a pasted cookie is for: the present one, unless the user chooses another. */
import { useState } from "react";
import { useLiveState } from "@/api/LiveContext";
import { hostOf } from "@/lib/origin";

export interface SiteChoice {
  readonly origin: string;
  readonly choices: readonly string[];
  /** Whether the program was started for one site. */
  readonly isFixed: boolean;
  /** The user's choice; null keeps the present site. */
  readonly chosen: string | null;
  readonly choose: (origin: string) => void;
}

const DEFAULT = "https://www.aicodemirror.com";

export function useSiteChoice(): SiteChoice {
  const site = useLiveState(({ status }) => status?.site ?? null);
  const [chosen, choose] = useState<string | null>(null);
  const present = site?.origin ?? DEFAULT;
  const origin = chosen ?? present;
  return {
    origin,
    choices: distinctHosts([origin, present, ...(site?.choices ?? [])]),
    isFixed: site?.is_fixed ?? true,
    chosen,
    choose,
  };
}

/** Return one origin per host, in a fixed order: `www.` and the bare host look the same in the picker. */
function distinctHosts(origins: readonly string[]): readonly string[] {
  const byHost = new Map([...origins].reverse().map((origin) => [hostOf(origin), origin]));
  return [...byHost.keys()]
    .sort()
    .reverse()
    .flatMap((host) => byHost.get(host) ?? []);
}
