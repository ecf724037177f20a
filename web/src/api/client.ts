/** The calls of the interface. Each returns the server's answer or throws a `Problem`. */
import { answer, BASE, done, http, type WithArrays } from "./http";
import type { paths } from "./schema";
import { keepSession, SESSION_HEADER } from "./session";
import type { AccountHistory, CookieInput, Settings } from "./types";

type QueryOf<
  Path extends
    | "/api/account/history"
    | "/api/export"
    | "/api/quarantine"
    | "/api/records"
    | "/api/usage"
    | "/api/usage/costs",
> = NonNullable<paths[Path]["get"]["parameters"]["query"]>;

export type UsageQuery = QueryOf<"/api/usage">;
type CostsQuery = QueryOf<"/api/usage/costs">;
type RecordsQuery = Loose<QueryOf<"/api/records">>;
export type RecordsFilter = Loose<Omit<QueryOf<"/api/export">, "format">>;
type ExportFormat = NonNullable<QueryOf<"/api/export">["format"]>;

/** A query whose absent parameters may be undefined; they are not sent. */
type Loose<Query> = { readonly [Name in keyof Query]?: Query[Name] | undefined };

function options<Query>(query: Loose<Query>, signal?: AbortSignal) {
  return { params: { query: query as Query }, ...(signal && { signal }) };
}

export const api = {
  settings: () => answer(http.GET("/api/settings")),
  changeSettings: (change: Partial<Settings>) =>
    answer(http.PATCH("/api/settings", { body: change })),
  saveCookie: (input: CookieInput) =>
    // The document lists fields with a default as required.
    answer(http.PUT("/api/cookie", { body: input as Required<CookieInput> })),
  deleteCookie: () => done(http.DELETE("/api/cookie")),
  checkCookie: () => answer(http.POST("/api/cookie/check")),
  refresh: () => answer(http.POST("/api/refresh")),
  status: (signal?: AbortSignal) => answer(http.GET("/api/status", signal && { signal }), signal),
  usage: (query: UsageQuery, signal?: AbortSignal) =>
    answer(http.GET("/api/usage", options<UsageQuery>(query, signal)), signal),
  costs: (query: CostsQuery, signal?: AbortSignal) =>
    answer(http.GET("/api/usage/costs", options<CostsQuery>(query, signal)), signal),
  usual: (tz: string, signal?: AbortSignal) =>
    answer(http.GET("/api/usual", options({ tz }, signal)), signal),
  records: (query: RecordsQuery, signal?: AbortSignal) =>
    answer(http.GET("/api/records", options(query, signal)), signal),
  account: (signal?: AbortSignal) => answer(http.GET("/api/account", signal && { signal }), signal),
  /** Without a format the answer is JSON. */
  accountHistory: (
    query: Loose<Omit<QueryOf<"/api/account/history">, "format">>,
    signal?: AbortSignal,
  ) =>
    answer(http.GET("/api/account/history", options(query, signal)), signal) as Promise<
      WithArrays<AccountHistory>
    >,
  forecast: (signal?: AbortSignal) =>
    answer(http.GET("/api/forecast", signal && { signal }), signal),
  reset: () => answer(http.POST("/api/account/reset")),
  types: (signal?: AbortSignal) => answer(http.GET("/api/types", signal && { signal }), signal),
  removable: (days: number) => answer(http.GET("/api/retention", options({ days }))),
  quarantine: (query: Loose<QueryOf<"/api/quarantine">>, signal?: AbortSignal) =>
    answer(http.GET("/api/quarantine", options(query, signal)), signal),
  openSession: async (key: string) => {
    const call = http.POST("/api/session", { body: { key } });
    await answer(call);
    keepSession((await call).response.headers.get(SESSION_HEADER));
    return undefined;
  },
  closeSession: async () => {
    await answer(http.DELETE("/api/session"));
    keepSession(null);
    return undefined;
  },
  newTicket: () => answer(http.POST("/api/session/ticket")),
};

export function exportAddress(format: ExportFormat, filter: RecordsFilter): string {
  const address = new URL("api/export", BASE);
  for (const [name, value] of Object.entries({ format, ...filter })) {
    if (value !== undefined && value !== null) address.searchParams.set(name, String(value));
  }
  return address.href;
}
