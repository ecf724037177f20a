/**
 * One stream for all pages of a browser. Browsers allow six connections to a host; a stream for
 * each visible page would use them all.
 *
 * The first page that joins opens the stream, the last that leaves closes it. A page that joins
 * later receives the same as from a new stream: the latest state, then the records that it lacks.
 */
import type { After } from "@/lib/platform/after";
import type { ServerDate, StreamEvent } from "./events";
import { appendRecords, EMPTY_LOG, entriesSince, type RecordsLog } from "./log";
import { type Ending, follow, type Source } from "./source";

export interface Member {
  readonly since: number | null;
  readonly emit: (event: StreamEvent) => void;
  readonly end: (ending: Ending) => void;
}

type Latest = Extract<StreamEvent, { type: "retry" | "status" | "settings" | "account" | "alert" }>;

export class Hub {
  /** Members that wait until the stream's cursor is known. */
  private readonly waiting = new Set<Member>();
  private readonly joined = new Set<Member>();
  private readonly latest = new Map<Latest["type"], Latest>();
  private opened: { readonly date: ServerDate | null; readonly atMs: number } | null = null;
  private log: RecordsLog = EMPTY_LOG;
  private stopFollowing: (() => void) | null = null;

  constructor(
    private readonly source: Source,
    private readonly after: After,
  ) {}

  /** Add a page; return a function that removes it. */
  join(member: Member): () => void {
    this.waiting.add(member);
    if (this.stopFollowing === null) this.open(member.since);
    else if (this.log.revision !== null) this.welcome(member, this.log.revision);
    return () => this.leave(member);
  }

  private leave(member: Member): void {
    this.waiting.delete(member);
    this.joined.delete(member);
    if (this.waiting.size + this.joined.size === 0) this.close();
  }

  private open(since: number | null): void {
    const handlers = {
      onEvent: (event: StreamEvent) => this.take(event),
      onEnd: (ending: Ending) => this.finish(ending),
    };
    this.stopFollowing = follow(this.source, since, handlers, this.after);
  }

  private close(): void {
    this.stopFollowing?.();
    this.stopFollowing = null;
    this.latest.clear();
    this.opened = null;
    this.log = EMPTY_LOG;
  }

  private finish(ending: Ending): void {
    const members = [...this.waiting, ...this.joined];
    this.waiting.clear();
    this.joined.clear();
    this.close();
    for (const member of members) member.end(ending);
  }

  private take(event: StreamEvent): void {
    this.remember(event);
    for (const member of this.joined) member.emit(event);
    if (event.type !== "cursor") return;
    for (const member of this.waiting) this.welcome(member, event.revision);
  }

  private remember(event: StreamEvent): void {
    if (event.type === "opened") this.opened = { date: event.date, atMs: Date.now() };
    else if (event.type === "cursor") this.log = { revision: event.revision, entries: [] };
    else if (event.type === "reset") this.log = { revision: event.revision, entries: [] };
    else if (event.type === "records") this.log = appendRecords(this.log, event);
    else if (event.type !== "beat") this.latest.set(event.type, event);
  }

  private welcome(member: Member, revision: number): void {
    this.waiting.delete(member);
    this.joined.add(member);
    member.emit({ type: "opened", date: this.dateNow() });
    for (const event of this.latest.values()) member.emit(event);
    this.replay(member, revision);
  }

  /** Send the records that a member lacks, or `reset` if the log does not contain them. */
  private replay({ since, emit }: Member, revision: number): void {
    const missed = since === null || since > revision ? null : entriesSince(this.log, since);
    if (missed === null) {
      emit({ type: since === null ? "cursor" : "reset", revision });
      return;
    }
    emit({ type: "cursor", revision: since ?? revision });
    for (const entry of missed) emit({ type: "records", ...entry });
  }

  /** The server's clock now: its last reading plus the elapsed time. */
  private dateNow(): ServerDate | null {
    const { date = null, atMs = 0 } = this.opened ?? {};
    return date && { ...date, serverMs: date.serverMs + Date.now() - atMs };
  }
}
