/**
 * Server-sent events out of a stream of text (HTML Living Standard, "Parsing an event stream").
 *
 * The page reads the stream by `fetch` and not by `EventSource`: that one hides the heartbeat's
 * comment lines and the status of a refusal, and gives up for good on a non-200 answer.
 */

export interface ServerEvent {
  readonly name: string;
  readonly data: string;
}

interface Handlers {
  readonly onEvent: (event: ServerEvent) => void;
  /** The last event id, as soon as a block that names one is complete. */
  readonly onId: (id: string) => void;
  readonly onRetry: (ms: number) => void;
}

export class EventParser {
  private rest = "";
  private name = "";
  private data: string[] = [];
  private id: string | null = null;

  constructor(private readonly handlers: Handlers) {}

  /** Takes the next piece of text, cut anywhere. */
  push(text: string): void {
    const lines = (this.rest + text).split(/\r\n|\n|\r(?!$)/);
    this.rest = lines.pop() ?? "";
    for (const line of lines) this.line(line);
  }

  private line(line: string): void {
    if (line === "") {
      this.dispatch();
      return;
    }
    if (line.startsWith(":")) return;
    const colon = line.indexOf(":");
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? "" : line.slice(colon + 1).replace(/^ /, "");
    this.field(field, value);
  }

  private field(field: string, value: string): void {
    if (field === "event") this.name = value;
    else if (field === "data") this.data.push(value);
    else if (field === "id" && !value.includes("\0")) this.id = value;
    else if (field === "retry" && /^\d+$/.test(value)) this.handlers.onRetry(Number(value));
  }

  private dispatch(): void {
    const { name, data, id } = this;
    this.name = "";
    this.data = [];
    this.id = null;
    if (data.length > 0) this.handlers.onEvent({ name: name || "message", data: data.join("\n") });
    if (id !== null) this.handlers.onId(id);
  }
}
