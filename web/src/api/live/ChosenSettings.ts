/**
 * The server's settings, covered by the user's changes that the stream has not reported yet.
 *
 * Of two changes the later one is shown. An event about an earlier change does not undo a later
 * one; after a refused change the server's own value is shown again.
 */
import type { Settings } from "../types";

type Change = Partial<Settings>;

export class ChosenSettings {
  private newest: Settings | null = null;
  /** The version that the stream reported last. */
  private reported = 0;
  /** Each change with the version of the settings that contains it; null before the answer. */
  private readonly changes = new Map<Change, number | null>();

  constructor(private readonly show: (settings: Settings) => void) {}

  /** Show a change before the server has answered. */
  choose(change: Change): void {
    this.changes.set(change, null);
    this.update();
  }

  /** Show an accepted change until the stream reports it, if it has not yet. */
  accept(change: Change, answer: Settings): void {
    const version = answer.versions.settings;
    if (version <= this.reported) this.changes.delete(change);
    else this.changes.set(change, version);
    this.learn(answer);
  }

  refuse(change: Change): void {
    this.changes.delete(change);
    this.update();
  }

  /** Store the answer to a call, unless newer settings are known. */
  learn(answer: Settings): void {
    const known = this.newest?.versions.settings ?? 0;
    if (answer.versions.settings >= known) this.newest = answer;
    this.update();
  }

  /** Store the settings of an event. */
  report(settings: Settings): void {
    this.newest = settings;
    this.reported = settings.versions.settings;
    for (const [change, version] of this.changes) {
      if (version !== null && version <= this.reported) this.changes.delete(change);
    }
    this.update();
  }

  /** A new stream begins with the present settings: they contain every accepted change. */
  startStream(): void {
    for (const [change, version] of this.changes) {
      if (version !== null) this.changes.set(change, 0);
    }
  }

  private update(): void {
    if (this.newest) this.show(Object.assign({}, this.newest, ...this.changes.keys()));
  }
}
