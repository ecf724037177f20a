/** The user's commands to the server, as mutations. Their failures are `Problem`s. */
import { useMutation } from "@tanstack/react-query";
import { api } from "./client";
import { useLive } from "./LiveContext";
import type { Problem } from "./problem";
import type { Cookie, CookieInput, CookieSaved, Refreshed, Removable, Settings } from "./types";

/** Change some settings: shown at once, reverted if the server refuses. */
export function useChangeSettings() {
  const { settings } = useLive();
  return useMutation<Settings, Problem, Partial<Settings>>({
    mutationFn: api.changeSettings,
    onMutate: (change) => settings.choose(change),
    onSuccess: (answer, change) => settings.accept(change, answer),
    onError: (_problem, change) => settings.refuse(change),
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
