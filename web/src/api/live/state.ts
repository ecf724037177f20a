/** The server's state on the page, and how each event of the stream changes it: pure functions. */
import type { Notifications, Settings, Status } from "../types";
import { forgetVersions, type Known, learnVersions, NOTHING_KNOWN } from "../versions";
import type { StreamEvent } from "./events";
import { appendRecords, EMPTY_LOG, type RecordsLog } from "./log";

/** `paused`: the page is hidden. `locked`: the server asks for its access key. */
export type Connection = "connecting" | "live" | "reconnecting" | "offline" | "paused" | "locked";

/** The part of the state that the server's answers and events describe. */
interface ServerState {
  readonly status: Status | null;
  readonly settings: Settings | null;
  /** The newest versions of the server's data. */
  readonly known: Known;
  readonly log: RecordsLog;
  /** The newest messages for open pages; each is shown once. */
  readonly notifications: Notifications;
}

export interface LiveState extends ServerState {
  readonly connection: Connection;
  /** Since when the server has been away; null while it answers. */
  readonly awaySinceMs: number | null;
  /** When the connection is tried again; null while it is being tried. */
  readonly retryAtMs: number | null;
}

export const INITIAL: LiveState = {
  connection: "connecting",
  awaySinceMs: null,
  retryAtMs: null,
  status: null,
  settings: null,
  known: NOTHING_KNOWN,
  log: EMPTY_LOG,
  notifications: [],
};

/** Return the parts of the state that an event changes. */
export function changesBy(event: StreamEvent, state: ServerState): Partial<ServerState> {
  const { known, log } = state;
  switch (event.type) {
    case "status":
      return { status: event.status, known: learnVersions(known, event.status.versions) };
    case "settings":
      return { known: learnVersions(known, event.settings.versions) };
    case "records": {
      const versions = { ...event.versions, revision: event.revision };
      return { log: appendRecords(log, event), known: learnVersions(known, versions) };
    }
    case "alert":
      return { known: learnVersions(known, event.versions), notifications: event.notifications };
    case "account":
      return { known: learnVersions(known, event.versions) };
    case "cursor":
      return startAt(event.revision, state);
    case "reset":
      return startAgain(event.revision, state);
    default:
      return {};
  }
}

function startAt(revision: number, state: ServerState): Partial<ServerState> {
  const { log, known } = state;
  if (log.revision === null) {
    return { log: { revision, entries: [] }, known: learnVersions(known, { revision }) };
  }
  return log.revision === revision ? {} : startAgain(revision, state);
}

/** Forget all earlier data: the server cannot continue from there. */
function startAgain(revision: number | null, { known }: ServerState): Partial<ServerState> {
  return { log: { revision, entries: [] }, known: forgetVersions(known) };
}
