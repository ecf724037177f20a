/** Pages of records from the server; the next one is fetched when the last is nearly at its end. */
import { keepPreviousData, useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useMemo } from "react";
import { api } from "@/api/client";
import { askStamped, useIsOutdated, useRefetchWhile } from "@/api/freshness";
import { useLive } from "@/api/LiveContext";
import type { Stamp } from "@/api/versions";
import { useClock } from "@/hooks/useNow";
import type { Filter } from "@/lib/filter";
import { type Range, rangeKey } from "@/lib/range";
import { type Bounds, boundsOf, queryOf } from "./filter";
import type { Rows } from "./rows";

const FIRST_PAGE = 200;
const LATER_PAGE = 1_000;

/** A page depends on no version but its own: the log brings it up to date until the log is reset. */
const NO_NAMES: readonly [] = [];

interface Page {
  readonly records: Rows;
  readonly next: string | null;
  readonly bounds: Bounds;
  readonly stamp: Stamp;
}

interface Cursor {
  readonly before: string;
  readonly bounds: Bounds;
}

export function usePages(filter: Filter, range: Range) {
  const live = useLive();
  const clock = useClock();
  const queryClient = useQueryClient();
  const { isInRange, model, endpoint, apiKey, counts, leastCredits } = filter;
  const scope = isInRange ? rangeKey(range) : null;
  const key = useMemo(
    () => ["records", scope, model, endpoint, apiKey, counts, leastCredits],
    [scope, model, endpoint, apiKey, counts, leastCredits],
  );
  const query = useInfiniteQuery({
    queryKey: key,
    initialPageParam: null as Cursor | null,
    queryFn: async ({ pageParam: cursor, signal }): Promise<Page> => {
      const bounds = cursor?.bounds ?? boundsOf(filter, range, clock.now());
      const question = {
        ...queryOf(filter, bounds),
        limit: cursor ? LATER_PAGE : FIRST_PAGE,
        before: cursor?.before,
      };
      const { answer, stamp } = await askStamped(live, () => api.records(question, signal));
      return { ...answer, bounds, stamp };
    },
    getNextPageParam: ({ next, bounds }) => (next === null ? null : { before: next, bounds }),
    placeholderData: keepPreviousData,
    // Pages are fetched once each, so comparing all of them with a new one is useless.
    structuralSharing: false,
  });
  const { data, fetchNextPage, refetch, isFetching } = query;
  const first = data?.pages[0];
  const isOlder = useIsOutdated(first?.stamp, NO_NAMES);
  useRefetchWhile(false, key, refetch);
  const fetched = useMemo(() => data?.pages.flatMap((page) => page.records) ?? null, [data]);
  const loadMore = useCallback(() => {
    if (!isFetching) void fetchNextPage();
  }, [isFetching, fetchNextPage]);
  return {
    fetched,
    revision: first?.stamp.versions.revision ?? null,
    isOutdated: isOlder && !query.isPlaceholderData,
    hasMore: query.hasNextPage,
    isStale: query.isPlaceholderData,
    isLoadingMore: query.isFetchingNextPage,
    hasFailed: query.isError,
    loadMore,
    retry: useCallback(() => void refetch(), [refetch]),
    /** Start again with the first page. */
    restart: useCallback(
      () => void queryClient.resetQueries({ queryKey: key }),
      [queryClient, key],
    ),
  };
}
