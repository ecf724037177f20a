/** What a user can ask the server for, as mutations. Their failures are `Problem`s. */
import { useMutation } from "@tanstack/react-query";
import { api } from "./client";
import { useLive } from "./LiveContext";
import type { Problem } from "./problem";
import type { Cookie, CookieInput, CookieSaved, Refreshed, Removable, Settings } from "./types";

/** Changes some settings: seen at once, taken back where the server refuses. */
export function useChangeSettings() {
  const live = useLive();
  return useMutation<Settings, Problem, Partial<Settings>, Settings | null>({
    mutationFn: api.changeSettings,
    onMutate: (change) => {
      const { settings } = live.getState();
      if (settings) live.offer({ settings: { ...settings, ...change } });
      return settings;
    },
    onSuccess: (settings) => live.hear({ settings }),
    onError: (_problem, change, before) => {
      const { settings } = live.getState();
      if (!settings || !before) return;
      const undone = Object.fromEntries(
        Object.entries(before).filter(([name]) => name in change),
      ) as Partial<Settings>;
      live.offer({ settings: { ...settings, ...undone } });
    },
  });
}

export function useLogOut() {
  return useMutation<undefined, Problem, void>({ mutationFn: () => api.closeSession() });
}

/** Asks what keeping single requests for so many days would remove; nothing is, yet. */
export function useRemovable() {
  return useMutation<Removable, Problem, number>({ mutationFn: api.removable });
}

export function useRefresh() {
  return useMutation<Refreshed, Problem, void>({ mutationFn: () => api.refresh() });
}

export function useSaveCookie() {
  // What was pasted is not to outlive its call in the cache of mutations.
  return useMutation<CookieSaved, Problem, CookieInput>({ mutationFn: api.saveCookie, gcTime: 0 });
}

export function useDeleteCookie() {
  return useMutation<undefined, Problem, void>({ mutationFn: () => api.deleteCookie() });
}

/** Tries the stored cookie with one call. */
export function useCheckCookie() {
  return useMutation<Cookie, Problem, void>({ mutationFn: () => api.checkCookie() });
}
