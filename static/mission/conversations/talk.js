/**
 * The messages of one conversation, as far as we have them: the newest come with its record, what else there is is
 * asked for a page at a time.
 *
 * @typedef {{id: string, by: string, text: string, at: number, removed?: boolean}} Message
 * @typedef {{id: string, by: string, text: string, at: number, before: string, cut: boolean}} Last
 * @typedef {{messages: Message[], older: boolean}} Page
 * @typedef {(before?: string) => Promise<Page>} Ask rejects where there is no answer
 */

export class Talk {
  /** @param {Ask} ask @param {() => void} changed */
  constructor(ask, changed) {
    this._ask = ask;
    this._changed = changed;
    /** Oldest first. @type {readonly Message[]} */
    this.messages = [];
    /** Whether there is more before them. */
    this.older = false;
    /** @type {"new"|"loading"|"idle"|"failed"} */
    this.state = "new";
    /** @type {{last: Last|null, edition: number}} */
    this._head = { last: null, edition: 0 };
    this._edition = -1;
  }

  /** What its record says now. @param {Last|null} last @param {number} edition */
  hear(last, edition) {
    this._head = { last, edition };
    if (this.state === "new" || this.state === "idle") this._catchUp();
  }

  /** Asked for again after it failed. */
  retry() {
    if (this.state === "failed") void this._fetch();
  }

  /** What is before the oldest. */
  async fetchOlder() {
    if (this.state === "idle" && this.older) await this._fetch(this.messages[0]?.id);
  }

  _catchUp() {
    const { last, edition } = this._head;
    if (!last) return;
    const newest = this.messages.at(-1)?.id;
    if (this._edition === edition && newest === last.id) return;
    if (this._edition === edition && newest === last.before && !last.cut) {
      const { id, by, text, at } = last;
      this.messages = [...this.messages, { id, by, text, at }];
    } else void this._fetch();
  }

  /** @param {string} [before] */
  async _fetch(before) {
    const { edition } = this._head;
    this.state = "loading";
    const page = await this._ask(before).catch(() => null);
    this.state = page ? "idle" : "failed";
    if (page && before) this._takeOlder(page);
    else if (page) this._take(page, edition);
    this._changed();
  }

  /** @param {Page} page */
  _takeOlder({ messages, older }) {
    this.messages = [...messages, ...this.messages];
    this.older = older;
  }

  /** The newest page; what we have before it stays, if nothing is missing between. @param {Page} page @param {number} edition */
  _take({ messages, older }, edition) {
    const first = messages[0];
    const place = first ? this.messages.findIndex(({ id }) => id === first.id) : -1;
    const isAllAnew = edition !== this._edition || place < 0;
    this.messages = isAllAnew ? messages : [...this.messages.slice(0, place), ...messages];
    if (isAllAnew) this.older = older;
    this._edition = edition;
    // what came meanwhile, but not again and again where the record is behind the page
    const { last } = this._head;
    if (last && this._head.edition === edition && this.messages.at(-1)?.id === last.before) this._catchUp();
    else if (last && (this._head.edition !== edition || last.at > (messages.at(-1)?.at ?? 0))) void this._fetch();
  }
}
