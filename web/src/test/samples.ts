/** Answers of the server, for tests to start from. */
import type { RecordsPage, Settings, Status, Usage, UsageRecord } from "@/api/types";

export const settings: Settings = {
  collecting: true,
  poll_interval_s: 60,
  range_hours: 1,
  locale: "en",
  theme: "light",
  time_zone: "UTC",
  retention_days: null,
  unit: "auto",
  also_counts: [],
  schedule: null,
  quiet_hours: null,
  digest: null,
  page_url: null,
  auto_reset: { at: null, below: null, between: null },
  versions: { settings: 1 },
};

export const status: Status = {
  version: "0.1.0",
  demo: false,
  hosted_demo: false,
  needs_key: false,
  unit: "credits",
  link: {
    state: "ok",
    code: null,
    detail: null,
    since: "2025-08-25T13:00:00.000Z",
    last_attempt_at: "2025-08-25T13:40:00.000Z",
    last_success_at: "2025-08-25T13:40:00.000Z",
    next_poll_at: "2025-08-25T13:41:00.000Z",
    next_change_at: null,
    pace: null,
  },
  cookie: {
    state: "valid",
    names: ["__Secure-authjs.session-token"],
    saved_at: "2025-08-25T13:00:00.000Z",
    checked_at: "2025-08-25T13:40:00.000Z",
    reason: null,
    renewed_at: null,
    expires_at: null,
  },
  site: {
    origin: "https://www.aicodemirror.com",
    choices: ["https://www.aicodemirror.com", "https://www.aicodemirror.ai"],
    is_fixed: false,
    clock_ahead_s: null,
  },
  records: {
    total: 20,
    counted: 16,
    quarantined: 0,
    first_at: "2025-08-25T13:22:51.212Z",
    last_at: "2025-08-25T13:39:44.230Z",
    revision: 20,
    coverage: 1,
    models: [],
    api_keys: [],
    removed: 0,
    sums_before: null,
  },
  reconciliation: null,
  recount: null,
  data_dir: "/data",
  recovered_from: null,
  other_journal: null,
  versions: { revision: 20, coverage: 1, settings: 1, sums: 1, account: 0 },
  size_bytes: 40_960,
};

/** The specification's own rows that count: time, credits. */
const SAMPLE = [
  ["13:22:51.212", 13],
  ["13:22:59.270", 9],
  ["13:23:05.154", 8],
  ["13:23:13.697", 15],
  ["13:23:26.990", 10],
  ["13:28:20.940", 12],
  ["13:29:02.896", 15],
  ["13:29:11.667", 10],
  ["13:29:25.843", 13],
  ["13:30:25.502", 73],
  ["13:31:03.813", 41],
  ["13:31:33.438", 16],
  ["13:37:24.760", 51],
  ["13:38:56.052", 21],
  ["13:39:34.217", 18],
  ["13:39:44.230", 9],
] as const;

export const SAMPLE_NOW = Date.parse("2025-08-25T13:40:00.000Z");
export const SAMPLE_MODEL = "claude-sonnet-4-20250514";

export const usage: Usage = {
  from: SAMPLE_NOW - 3_600_000,
  to: SAMPLE_NOW,
  bucket_s: null,
  by: "model",
  unit: "credits",
  revision: 20,
  series: [
    {
      key: SAMPLE_MODEL,
      t: SAMPLE.map(([time]) => Date.parse(`2025-08-25T${time}Z`)),
      v: SAMPLE.map(([, credits]) => credits),
      n: SAMPLE.map(() => 1),
      total: 334,
      requests: 16,
      last: 9,
    },
  ],
  complete: 1,
  differences: [],
  sums_before: null,
  versions: { revision: 20, coverage: 1, settings: 1, sums: 1, account: 0 },
  gaps: [],
  total: 334,
  requests: 16,
};

export function record(change: Partial<UsageRecord> = {}): UsageRecord {
  return {
    id: "1",
    t: SAMPLE_NOW,
    credits: 7,
    model: SAMPLE_MODEL,
    type: "USAGE",
    endpoint: "v1/messages",
    api_key: null,
    status: 200,
    counts: true,
    ...change,
  };
}

export const noRecords: RecordsPage = { records: [], next: null, versions: status.versions };
