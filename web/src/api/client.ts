/**
 * The calls of the interface, one function each. They return what the server answered or throw a
 * `Problem`; nothing else knows `fetch` but the live stream.
 */
import { networkProblem, type Problem, problemFrom } from "./problem";
import type {
  Cookie,
  CookieInput,
  CookieSaved,
  QuarantinePage,
  RecordsPage,
  Refreshed,
  Removable,
  Settings,
  Status,
  Usage,
} from "./types";

type Query = Readonly<Record<string, string | number | boolean | null | undefined>>;

interface Call {
  readonly method?: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  readonly query?: Query;
  readonly body?: unknown;
  readonly signal?: AbortSignal | undefined;
}

/** Told of every refusal for want of the access key, whichever call met it. */
type KeyListener = () => void;
const keyListeners = new Set<KeyListener>();

export function onKeyRequired(listener: KeyListener): () => void {
  keyListeners.add(listener);
  return () => keyListeners.delete(listener);
}

export function tellKeyRequired(): void {
  for (const listener of keyListeners) listener();
}

/** The address of a call; absent parameters are left out. */
function address(path: string, query: Query = {}): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== null) parameters.set(name, String(value));
  }
  const text = parameters.toString();
  return text ? `${path}?${text}` : path;
}

async function call<Answer>(path: string, options: Call = {}): Promise<Answer> {
  const { method = "GET", query, body, signal } = options;
  const init: RequestInit = { method, cache: "no-store" };
  if (signal) init.signal = signal;
  if (body !== undefined) {
    init.headers = { "content-type": "application/json" };
    init.body = JSON.stringify(body);
  }
  const response = await fetch(address(path, query), init).catch((error: unknown) => {
    if (signal?.aborted) throw error;
    throw networkProblem(error);
  });
  if (!response.ok) throw await refusal(response);
  // The one place where the border's types are taken at the server's word; a test on its side
  // holds the document to what is served, and these types to the document.
  return (response.status === 204 ? undefined : await response.json()) as Answer;
}

async function refusal(response: Response): Promise<Problem> {
  const problem = await problemFrom(response);
  if (problem.status === 401 && problem.code === "key_required") tellKeyRequired();
  return problem;
}

export interface UsageQuery {
  readonly hours?: number;
  readonly from?: number;
  readonly to?: number;
  readonly bucket?: "auto" | "none" | number;
  readonly by?: Usage["by"];
  readonly tz?: string;
}

export interface RecordsFilter {
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  readonly model?: string | undefined;
  readonly endpoint?: string | undefined;
  readonly counts?: boolean | undefined;
  readonly min_credits?: number | undefined;
}

export interface RecordsQuery extends RecordsFilter {
  readonly limit?: number;
  readonly before?: string | undefined;
}

export interface QuarantineQuery {
  readonly limit: number;
  readonly before?: string | undefined;
}

export const api = {
  status: (signal?: AbortSignal) => call<Status>("/api/status", { signal }),
  settings: (signal?: AbortSignal) => call<Settings>("/api/settings", { signal }),
  changeSettings: (change: Partial<Settings>) =>
    call<Settings>("/api/settings", { method: "PATCH", body: change }),
  saveCookie: (input: CookieInput) =>
    call<CookieSaved>("/api/cookie", { method: "PUT", body: input }),
  deleteCookie: () => call<undefined>("/api/cookie", { method: "DELETE" }),
  checkCookie: () => call<Cookie>("/api/cookie/check", { method: "POST" }),
  refresh: () => call<Refreshed>("/api/refresh", { method: "POST" }),
  usage: (query: UsageQuery, signal?: AbortSignal) =>
    call<Usage>("/api/usage", { query: { ...query }, signal }),
  records: (query: RecordsQuery, signal?: AbortSignal) =>
    call<RecordsPage>("/api/records", { query: { ...query }, signal }),
  removable: (days: number) => call<Removable>("/api/retention", { query: { days } }),
  quarantine: (query: QuarantineQuery, signal?: AbortSignal) =>
    call<QuarantinePage>("/api/quarantine", { query: { ...query }, signal }),
  openSession: (key: string) => call<undefined>("/api/session", { method: "POST", body: { key } }),
  closeSession: () => call<undefined>("/api/session", { method: "DELETE" }),
};

export function exportAddress(format: "csv" | "ndjson" | "json", filter: RecordsFilter): string {
  return address("/api/export", { format, ...filter });
}
