/** Quarantined rows, page by page; fetched again when the quarantine may have changed. */
import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { api } from "@/api/client";
import { askStamped, useIsOutdated, useRefetchWhile } from "@/api/freshness";
import { useLive } from "@/api/LiveContext";

const PAGE = 20;
const KEY = ["quarantine"];

export function useQuarantine() {
  const live = useLive();
  const query = useInfiniteQuery({
    queryKey: KEY,
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam: before, signal }) =>
      askStamped(live, () => api.quarantine({ limit: PAGE, before }, signal)),
    getNextPageParam: ({ answer }) => answer.next,
    placeholderData: keepPreviousData,
  });
  const { data, error, hasNextPage, isFetching, fetchNextPage, refetch } = query;
  // A row leaves the quarantine when its record becomes known, which raises the revision.
  const isOlder = useIsOutdated(data?.pages[0]?.stamp, ["revision", "sums"]);
  useRefetchWhile(isOlder, KEY, query.refetch);
  return {
    /** Undefined while the first ones load. */
    rows: data?.pages.flatMap(({ answer }) => answer.rows),
    hasFailed: error !== null,
    hasMore: hasNextPage,
    isBusy: isFetching,
    more: () => void fetchNextPage(),
    retry: () => void refetch(),
  };
}
