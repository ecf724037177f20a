/** The user's commands to the server, as mutations. Their failures are `Problem`s. */
import { useMutation } from "@tanstack/react-query";
import { api } from "./client";
import { useLive } from "./LiveContext";
import type { Problem } from "./problem";
import type { Cookie, CookieInput, CookieSaved, Refreshed, Removable, Settings } from "./types";

/** Change some settings: shown at once, reverted if the server refuses. */
export function useChangeSettings() {
  const live = useLive();
  return useMutation<Settings, Problem, Partial<Settings>, Settings | null>({
    mutationFn: api.changeSettings,
    onMutate: (change) => {
      const { settings } = live.getState();
      if (settings) live.applyOptimistic({ settings: { ...settings, ...change } });
      return settings;
    },
    onSuccess: (settings) => live.applyAnswer({ settings }),
    onError: (_problem, change, before) => {
      const { settings } = live.getState();
      if (!settings || !before) return;
      const reverted = Object.fromEntries(
        Object.entries(before).filter(([name]) => name in change),
      ) as Partial<Settings>;
      live.applyOptimistic({ settings: { ...settings, ...reverted } });
    },
  });
}

export function useLogOut() {
  return useMutation<undefined, Problem, void>({ mutationFn: () => api.closeSession() });
}

/** Ask how many records a retention of some days would remove; removes nothing. */
export function useRemovable() {
  return useMutation<Removable, Problem, number>({ mutationFn: api.removable });
}

export function useRefresh() {
  return useMutation<Refreshed, Problem, void>({ mutationFn: () => api.refresh() });
}

export function useSaveCookie() {
  // A pasted secret must not stay in the cache of mutations.
  return useMutation<CookieSaved, Problem, CookieInput>({ mutationFn: api.saveCookie, gcTime: 0 });
}

export function useDeleteCookie() {
  return useMutation<undefined, Problem, void>({ mutationFn: () => api.deleteCookie() });
}

/** Check the stored cookie with one call to the site. */
export function useCheckCookie() {
  return useMutation<Cookie, Problem, void>({ mutationFn: () => api.checkCookie() });
}
