/** Pages of records as the server has them, each asked for when the one before is near its end. */
import { keepPreviousData, useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useMemo } from "react";
import { api } from "@/api/client";
import { useLive } from "@/api/LiveContext";
import type { Filter } from "@/lib/filter";
import { type Range, rangeKey } from "@/lib/range";
import { type Bounds, boundsOf, queryOf } from "./filter";
import type { Rows } from "./rows";

const FIRST_PAGE = 200;
const LATER_PAGE = 1_000;

interface Page {
  readonly records: Rows;
  readonly next: string | null;
  readonly bounds: Bounds;
  /** Where the live log stood when this was asked for: what came later may not be in it. */
  readonly revision: number | null;
}

interface Cursor {
  readonly before: string;
  readonly bounds: Bounds;
}

export function usePages(filter: Filter, range: Range) {
  const live = useLive();
  const queryClient = useQueryClient();
  const { isInRange, model, endpoint, counts, leastCredits } = filter;
  const scope = isInRange ? rangeKey(range) : null;
  const key = useMemo(
    () => ["records", scope, model, endpoint, counts, leastCredits],
    [scope, model, endpoint, counts, leastCredits],
  );
  const query = useInfiniteQuery({
    queryKey: key,
    initialPageParam: null as Cursor | null,
    queryFn: async ({ pageParam: cursor, signal }): Promise<Page> => {
      const { revision } = live.getLog();
      const bounds = cursor?.bounds ?? boundsOf(filter, range, Date.now());
      const page = await api.records(
        {
          ...queryOf(filter, bounds),
          limit: cursor ? LATER_PAGE : FIRST_PAGE,
          before: cursor?.before,
        },
        signal,
      );
      return { ...page, bounds, revision };
    },
    getNextPageParam: ({ next, bounds }) => (next === null ? null : { before: next, bounds }),
    placeholderData: keepPreviousData,
    // Pages are never asked for twice, so comparing all of them with each new one gains nothing.
    structuralSharing: false,
  });
  const { data, fetchNextPage, refetch, isFetching } = query;
  const fetched = useMemo(() => data?.pages.flatMap((page) => page.records) ?? null, [data]);
  const loadMore = useCallback(() => {
    if (!isFetching) void fetchNextPage();
  }, [isFetching, fetchNextPage]);
  return {
    fetched,
    revision: data?.pages[0]?.revision ?? null,
    hasMore: query.hasNextPage,
    isStale: query.isPlaceholderData,
    isLoadingMore: query.isFetchingNextPage,
    hasFailed: query.isError,
    loadMore,
    retry: useCallback(() => void refetch(), [refetch]),
    /** Begins anew with the first page. */
    restart: useCallback(
      () => void queryClient.resetQueries({ queryKey: key }),
      [queryClient, key],
    ),
  };
}
