/** The page's address as state. A change is a new entry of the history unless it says otherwise. */
import { useCallback, useMemo, useSyncExternalStore } from "react";
import { type Address, changedSearch, parseAddress } from "@/lib/address";

const CHANGED = "creditcurve:address";

function subscribe(listener: () => void): () => void {
  window.addEventListener("popstate", listener);
  window.addEventListener(CHANGED, listener);
  return () => {
    window.removeEventListener("popstate", listener);
    window.removeEventListener(CHANGED, listener);
  };
}

const currentSearch = () => window.location.search;

export function changeAddress(change: Partial<Address>, mode: "push" | "replace" = "push"): void {
  const search = changedSearch(window.location.search, change);
  if (search === window.location.search) return;
  const url = window.location.pathname + search;
  if (mode === "push") window.history.pushState(null, "", url);
  else window.history.replaceState(null, "", url);
  window.dispatchEvent(new Event(CHANGED));
}

export function useAddress() {
  const search = useSyncExternalStore(subscribe, currentSearch);
  const address = useMemo(() => parseAddress(search), [search]);
  const change = useCallback(changeAddress, []);
  return [address, change] as const;
}
