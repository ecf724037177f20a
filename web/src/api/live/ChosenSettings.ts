/**
 * The server's settings, with the user's changes over them that the stream has not reported yet.
 *
 * A later change lies over an earlier one. An event that describes an earlier change never undoes
 * a later one, and a refused change uncovers what the server has now.
 */
import type { Settings } from "../types";

type Change = Partial<Settings>;

export class ChosenSettings {
  private newest: Settings | null = null;
  /** Each change with the version of the settings that contains it; null before the answer. */
  private readonly changes = new Map<Change, number | null>();

  constructor(private readonly show: (settings: Settings) => void) {}

  /** Show a change before the server has answered. */
  choose(change: Change): void {
    this.changes.set(change, null);
    this.update();
  }

  accept(change: Change, answer: Settings): void {
    this.changes.set(change, answer.versions.settings);
    this.learn(answer);
  }

  refuse(change: Change): void {
    this.changes.delete(change);
    this.update();
  }

  /** Store the answer to a call, unless the stream has reported newer settings. */
  learn(answer: Settings): void {
    const known = this.newest?.versions.settings ?? 0;
    if (answer.versions.settings >= known) this.newest = answer;
    this.update();
  }

  /** Store what the stream reports. */
  report(settings: Settings): void {
    this.newest = settings;
    for (const [change, version] of this.changes) {
      if (version !== null && version <= settings.versions.settings) this.changes.delete(change);
    }
    this.update();
  }

  /** A new stream begins with the settings as they are: they contain every accepted change. */
  startStream(): void {
    for (const [change, version] of this.changes) {
      if (version !== null) this.changes.set(change, 0);
    }
  }

  private update(): void {
    if (this.newest) this.show(Object.assign({}, this.newest, ...this.changes.keys()));
  }
}
