/**
 * The interface's types, as the page uses them. Instants are ISO 8601 texts; columns and `t` are
 * milliseconds since 1970.
 */

export type LinkState =
  | "off"
  | "no_cookie"
  | "ok"
  | "degraded"
  | "blocked"
  | "cookie_invalid"
  | "storage_error";

export type CookieState = "missing" | "unverified" | "valid" | "invalid" | "unreadable";

export interface Link {
  readonly state: LinkState;
  readonly code: string | null;
  readonly detail: string | null;
  readonly since: string | null;
  readonly last_attempt_at: string | null;
  readonly last_success_at: string | null;
  readonly next_poll_at: string | null;
}

export interface Cookie {
  readonly state: CookieState;
  readonly names: readonly string[];
  readonly saved_at: string | null;
  readonly checked_at: string | null;
  readonly reason: string | null;
  readonly renewed_at: string | null;
  readonly expires_at: string | null;
}

export interface RecordsSummary {
  readonly total: number;
  readonly counted: number;
  readonly quarantined: number;
  readonly first_at: string | null;
  readonly last_at: string | null;
  readonly revision: number;
}

export interface Status {
  readonly version: string;
  readonly demo: boolean;
  readonly link: Link;
  readonly cookie: Cookie;
  readonly records: RecordsSummary;
  readonly data_dir: string;
  readonly size_bytes: number;
}

export type LocaleSetting = "auto" | "zh-CN" | "en";
export type ThemeSetting = "auto" | "light" | "dark";

export interface Settings {
  readonly collecting: boolean;
  readonly poll_interval_s: number;
  readonly range_hours: number;
  readonly locale: LocaleSetting;
  readonly theme: ThemeSetting;
  readonly time_zone: string;
  readonly retention_days: number | null;
}

export type GapKind = "not_collecting" | "possible_loss";

export interface Gap {
  readonly from: number;
  readonly to: number;
  readonly kind: GapKind;
}

export interface Series {
  readonly key: string;
  readonly t: readonly number[];
  readonly v: readonly number[];
  readonly n: readonly number[];
  readonly total: number;
  readonly requests: number;
  readonly last: number;
}

export interface Usage {
  readonly from: number;
  readonly to: number;
  readonly bucket_s: number | null;
  readonly by: "model" | "api_key" | "endpoint";
  readonly revision: number;
  readonly series: readonly Series[];
  readonly gaps: readonly Gap[];
  readonly total: number;
  readonly requests: number;
}

/** One row of usage. `counts`: it belongs to the curve. */
export interface UsageRecord {
  readonly id: number;
  readonly t: number;
  readonly credits: number;
  readonly model: string;
  readonly type: string;
  readonly endpoint: string;
  readonly api_key: string | null;
  readonly status: number | null;
  readonly counts: boolean;
}

export interface RecordsPage {
  readonly records: readonly UsageRecord[];
  readonly next: string | null;
}

export interface RecordsEvent {
  readonly revision: number;
  readonly records: readonly UsageRecord[];
}

export interface CookieInput {
  readonly cookie: string;
  readonly verify?: boolean;
  readonly force?: boolean;
}

export interface CookieSaved {
  readonly names: readonly string[];
  readonly state: CookieState;
  readonly expires_at?: string | null;
}

export interface Refreshed {
  readonly new: number;
  readonly updated: number;
  readonly at: string;
}
