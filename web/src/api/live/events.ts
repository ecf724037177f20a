/**
 * The events of the server's stream, typed. The shared worker posts them to the pages, so they
 * contain nothing but plain values.
 */
import { createParser, type EventSourceParser } from "eventsource-parser";
import type { AlertEvent, Notifications, RecordsEvent, Settings, Status } from "../types";
import type { Versions } from "../versions";

export type StreamEvent =
  /** The server answered. */
  | { readonly type: "opened"; readonly date: ServerDate | null }
  /** Events follow from this revision on. */
  | { readonly type: "cursor"; readonly revision: number }
  | { readonly type: "retry"; readonly ms: number }
  | { readonly type: "status"; readonly status: Status }
  | { readonly type: "settings"; readonly settings: Settings }
  | ({ readonly type: "records"; readonly versions?: Versions } & Omit<RecordsEvent, "versions">)
  /** The balance, a source or a reset of the account has changed. */
  | { readonly type: "account"; readonly versions: Versions }
  /** Rules, channels or episodes of alerts have changed. */
  | { readonly type: "alert"; readonly versions: Versions; readonly notifications: Notifications }
  /** All data fetched so far is invalid. */
  | { readonly type: "reset"; readonly revision: number | null }
  | { readonly type: "beat" };

/** A reading of the server's clock, taken before the event is posted; the true time is up to `widthMs` later. */
export interface ServerDate {
  readonly serverMs: number;
  readonly widthMs: number;
}

type Emit = (event: StreamEvent) => void;

/**
 * Return a parser of the stream's text. The page reads the stream by `fetch`, because
 * `EventSource` hides heartbeats and the status of a refusal, and gives up on a non-200 answer.
 */
export function makeEventParser(emit: Emit): EventSourceParser {
  // The id of a block without data is the start of the stream. Whether data follows is known
  // only afterwards: the parser reports an id before the event of the same block.
  let pending: number | null = null;
  const flush = () => {
    if (pending !== null) emit({ type: "cursor", revision: pending });
    pending = null;
  };
  return createParser({
    onRetry: (ms) => emit({ type: "retry", ms }),
    onComment: () => {
      flush();
      emit({ type: "beat" });
    },
    onId: (id) => {
      flush();
      pending = /^\d+$/.test(id) ? Number(id) : null;
    },
    onEvent: ({ event, id, data }) => {
      if (id === undefined) flush();
      const revision = pending;
      pending = null;
      emitEvent(event, data, revision, emit);
    },
  });
}

function emitEvent(name: string | undefined, data: string, revision: number | null, emit: Emit) {
  if (name === "status") emit({ type: "status", status: JSON.parse(data) as Status });
  else if (name === "settings") emit({ type: "settings", settings: JSON.parse(data) as Settings });
  else if (name === "records") emit({ type: "records", ...(JSON.parse(data) as RecordsEvent) });
  else if (name === "account") {
    const { versions } = JSON.parse(data) as { readonly versions: Versions };
    emit({ type: name, versions });
  } else if (name === "alert") {
    const { versions, notifications } = JSON.parse(data) as AlertEvent;
    emit({ type: name, versions, notifications });
  } else if (name === "reset") emit({ type: "reset", revision });
}
