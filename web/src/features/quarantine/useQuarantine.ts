/** Quarantined rows, page by page; fetched again when their number changes. */
import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { api } from "@/api/client";
import { useLiveState } from "@/api/LiveContext";

const PAGE = 20;

export function useQuarantine() {
  const held = useLiveState(({ status }) => status?.records.quarantined ?? null);
  const query = useInfiniteQuery({
    queryKey: ["quarantine", held],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam: before, signal }) => api.quarantine({ limit: PAGE, before }, signal),
    getNextPageParam: ({ next }) => next,
    placeholderData: keepPreviousData,
  });
  const { data, error, hasNextPage, isFetching, fetchNextPage, refetch } = query;
  return {
    /** Undefined while the first ones load. */
    rows: data?.pages.flatMap((page) => page.rows),
    hasFailed: error !== null,
    hasMore: hasNextPage,
    isBusy: isFetching,
    more: () => void fetchNextPage(),
    retry: () => void refetch(),
  };
}
