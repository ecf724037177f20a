/**
 * The interface's types under the names that the page uses. They are the server's own: `schema.d.ts`
 * is generated from its OpenAPI document (`bun run types`). Instants are ISO 8601 texts; columns and
 * `t` are milliseconds since 1970.
 */
import type { components } from "./schema";

type Schemas = components["schemas"];

export type Status = Schemas["StatusView"];
export type Link = Schemas["LinkView"];
export type Cookie = Schemas["CookieView"];
export type CookieState = Schemas["CookieState"];
export type RecordsSummary = Schemas["RecordsView"];

/** What would be removed if single requests were kept for so many days. */
export type Removable = Schemas["RetentionView"];

/** Something of the site's that could not be read, in its own words. */
export type Quarantined = Schemas["QuarantinedView"];

export type Settings = Schemas["Settings"];
export type LocaleSetting = Settings["locale"];
export type ThemeSetting = Settings["theme"];

export type Usage = Schemas["UsageView"];
export type Series = Schemas["SeriesView"];
export type RangeCosts = Schemas["CostsView"];
export type SeriesCosts = Schemas["SeriesCostsView"];
export type Gap = Schemas["GapView"];
export type UsualHour = Schemas["UsualHourView"];
export type Difference = Schemas["DifferenceView"];
export type Reconciliation = NonNullable<Schemas["StatusView"]["reconciliation"]>;
export type GapKind = Schemas["GapKind"];

export type AlertEvent = Schemas["AlertEvent"];
/** The newest messages for open pages. */
export type Notifications = AlertEvent["notifications"];

export type Account = Schemas["AccountView"];
export type AccountHistory = Schemas["HistoryView"];
/** All stored records of one type and endpoint. */
export type TypeTotal = Schemas["TypeView"];
/** The balance before and after a reset. */
export type ResetDone = Schemas["ResetView"];
export type Forecast = Schemas["ForecastView"];

/** One row of usage. `counts`: it belongs to the curve. */
export type UsageRecord = Schemas["RecordView"];
export type RecordsPage = Schemas["RecordsPageView"];
/** Without versions where a worker repeats a batch for a page that joined later. */
export type RecordsEvent = Omit<Schemas["RecordsEvent"], "versions"> &
  Partial<Pick<Schemas["RecordsEvent"], "versions">>;

type CookieFields = Schemas["CookieInput"];
export type CookieInput = Pick<CookieFields, "cookie"> & Partial<CookieFields>;
export type CookieSaved = Schemas["CookieSaved"];
export type Refreshed = Schemas["RefreshView"];
