import { QueryClient } from "@tanstack/react-query";
import { isPassing } from "@/api/problem";

/** Answers stay valid until a newer version is known; only a passing fault is retried. */
export function makeQueryClient(retries = 3): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: Number.POSITIVE_INFINITY,
        gcTime: 5 * 60_000,
        refetchOnWindowFocus: false,
        networkMode: "always",
        retry: (failures, error) => failures < retries && isPassing(error),
        retryDelay: (failures) => Math.min(250 * 2 ** failures, 1_000),
      },
      mutations: { networkMode: "always", retry: false },
    },
  });
}
