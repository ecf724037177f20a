import { QueryClient } from "@tanstack/react-query";
import { Problem } from "@/api/problem";

/** Answers stay good until the live stream says otherwise; only a passing fault is tried again. */
export function makeQueryClient(retries = 3): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: Number.POSITIVE_INFINITY,
        gcTime: 5 * 60_000,
        refetchOnWindowFocus: false,
        networkMode: "always",
        retry: (failures, error) => failures < retries && isPassing(error),
      },
      mutations: { networkMode: "always", retry: false },
    },
  });
}

function isPassing(error: Error): boolean {
  return error instanceof Problem && (error.status === 0 || error.status >= 500);
}
