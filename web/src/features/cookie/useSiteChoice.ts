/** The site that a pasted cookie is for: the present one, unless the user chooses another. */
import { useState } from "react";
import { useLiveState } from "@/api/LiveContext";

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
    choices: [...new Set([...(site?.choices ?? []), present, origin])],
    isFixed: site?.is_fixed ?? true,
    chosen,
    choose,
  };
}
