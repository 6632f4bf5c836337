/**
 * Commands under way: kept, in sessionStorage too, until the server has answered.
 *
 *   sending ──done──▶ settled (until its record is on screen) ──▶ forgotten
 *      ▲  └─refused──▶ failed (a draft: the person's own words)   or forgotten
 *      └────retry────────┘
 *
 * After a lost connection everything unanswered is sent again in order with the same ref; the server acts on
 * a ref once, so nothing is lost and nothing doubled.
 */

/**
 * @typedef {{code: string, text: string, retryAfter: number|null, field?: string, suggestion?: string}} Refused
 * of words that would be taken otherwise: the argument they came in, and how
 */
/**
 * @typedef {{ref: string, command: string, args: Record<string, any>, state: "sending"|"failed", draft: boolean,
 *            code: string|null, text: string|null, retryAfter: number|null, at: number, until: number|null,
 *            field?: string, suggestion?: string}} Pending
 * `at` is when it was made, or refused (Unix ms); `until` the seq whose frame will show its effect, once done.
 */
/** @typedef {{ref: string, done: Promise<Record<string, any>>}} Doing */

/** On its way for so long, words are said to be. */
const SLOW_MS = 3_000;
/** Refused for what is over in a moment and nobody's doing: words are sent again by themselves. */
const PASSING = new Set(["log.unavailable", "room.busy"]);

/** @type {Pick<Pending, "state"|"code"|"text"|"retryAfter"|"until">} */
const SENDING = { state: "sending", code: null, text: null, retryAfter: null, until: null };

export class Outbox {
  /**
   * @param {{send: (entry: Pending) => void, changed: () => void, storage: Storage|null, key: string,
   *          now: () => number, later: (run: () => void, ms: number) => void, random: () => number}} options
   */
  constructor({ send, changed, storage, key, now, later, random }) {
    this._write = send;
    this._changed = changed;
    this._storage = storage;
    this._key = key;
    this._now = now;
    this._later = later;
    this._random = random;
    /** @type {Map<string, number>} when it was first sent on this connection (Unix ms) */
    this._sentAt = new Map();
    this._instance = randomId();
    this._counter = 0;
    this._open = false;
    /** @type {Map<string, {resolve: (result: any) => void, reject: (why: Refused) => void}>} */
    this._waiting = new Map();
    this.entries = this._restored();
  }

  /** Whether something of ours has been on its way for so long that people should be told. */
  get isSlow() {
    const before = this._now() - SLOW_MS;
    return this.entries.some(({ ref, state }) => state === "sending" && (this._sentAt.get(ref) ?? Infinity) <= before);
  }

  /** Whether words of ours are on their way. */
  get isWaiting() {
    return this.entries.some((entry) => entry.draft && entry.state === "sending" && entry.until === null);
  }

  /**
   * @param {string} command
   * @param {Record<string, any>} args
   * @param {boolean} draft
   * @returns {Doing}
   */
  add(command, args, draft) {
    const ref = `${this._instance}-${++this._counter}`;
    /** @type {Pending} */
    const entry = { ref, command, args, draft, ...SENDING, at: this._now() };
    return this._begin(entry);
  }

  /**
   * @param {string} ref
   * @returns {Doing|null}
   */
  retry(ref) {
    const failed = this.entries.find((one) => one.ref === ref && one.state === "failed");
    if (!failed) return null;
    this.entries = this.entries.filter((one) => one !== failed);
    return this._begin({ ...failed, ...SENDING, at: this._now() });
  }

  /**
   * @param {string} ref
   * @returns {Doing|null}
   */
  take(ref) {
    const { command, args, field, suggestion } = this.entries.find((one) => one.ref === ref) ?? {};
    if (!command || !field || !suggestion) return null;
    this.discard(ref);
    return this.add(command, { ...args, [field]: suggestion }, true);
  }

  /** @param {string} ref */
  discard(ref) {
    this._forget(ref);
    this._waiting.delete(ref);
    this._kept();
  }

  /** The topic is joined: send what has no answer, in order, and from now on at once. */
  open() {
    this._open = true;
    for (const entry of this.entries) if (isUnanswered(entry) && entry.state === "sending") this._send(entry);
  }

  /** The connection is gone: only keep. */
  close() {
    this._open = false;
    this._sentAt.clear();
  }

  /**
   * @param {string} ref
   * @param {Record<string, any>|undefined} result
   * @param {number} until
   */
  done(ref, result, until) {
    this._sentAt.delete(ref);
    this._waiting.get(ref)?.resolve(result ?? {});
    this._waiting.delete(ref);
    this._amend(ref, { until });
    this._kept();
  }

  /**
   * @param {string} ref
   * @param {Refused} why
   */
  refused(ref, why) {
    const draft = this.entries.some((one) => one.ref === ref && one.draft);
    if (draft && PASSING.has(why.code) && why.retryAfter !== null) return this._sendLater(ref, why.retryAfter);
    this._sentAt.delete(ref);
    if (draft) this._amend(ref, { state: "failed", ...why, at: this._now() });
    else this._forget(ref);
    this._waiting.get(ref)?.reject(why);
    this._waiting.delete(ref);
    this._kept();
  }

  /** @param {number} seq the records are on screen up to here: what was shown as pending until then can go */
  shownUpTo(seq) {
    if (!this.entries.some((one) => one.until !== null)) return;
    this.entries = this.entries.filter((one) => one.until === null || one.until > seq);
  }

  /**
   * @param {Pending} entry
   * @returns {Doing}
   */
  _begin(entry) {
    const done = new Promise((resolve, reject) => this._waiting.set(entry.ref, { resolve, reject }));
    // whoever does not look at the answer has chosen so; a refused draft stays visible in `entries`
    done.catch(() => {});
    this.entries = [...this.entries, entry];
    if (this._open) this._send(entry);
    this._kept();
    return { ref: entry.ref, done };
  }

  /** @param {Pending} entry */
  _send(entry) {
    if (!this._sentAt.has(entry.ref)) this._sentAt.set(entry.ref, this._now());
    this._later(() => this._changed(), SLOW_MS);
    this._write(entry);
  }

  /** Not all who were refused at once come again at once. @param {string} ref @param {number} seconds */
  _sendLater(ref, seconds) {
    const again = () => {
      const entry = this.entries.find((one) => one.ref === ref && one.state === "sending" && isUnanswered(one));
      if (entry && this._open) this._send(entry);
    };
    this._later(again, seconds * 1000 * (1 + this._random() / 4));
  }

  /**
   * @param {string} ref
   * @param {Partial<Pending>} changes
   */
  _amend(ref, changes) {
    this.entries = this.entries.map((one) => (one.ref === ref ? { ...one, ...changes } : one));
  }

  /** @param {string} ref */
  _forget(ref) {
    this._sentAt.delete(ref);
    this.entries = this.entries.filter((one) => one.ref !== ref);
  }

  _kept() {
    try {
      const unanswered = this.entries.filter(isUnanswered);
      if (unanswered.length) this._storage?.setItem(this._key, JSON.stringify(unanswered));
      else this._storage?.removeItem(this._key);
    } catch {
      // a full or forbidden storage costs only the memory across reloads
    }
    this._changed();
  }

  /** @returns {Pending[]} */
  _restored() {
    try {
      const kept = JSON.parse(this._storage?.getItem(this._key) ?? "[]");
      return Array.isArray(kept) ? kept.filter((entry) => typeof entry?.command === "string" && entry.args) : [];
    } catch {
      return [];
    }
  }
}

/** @param {Pending} entry */
function isUnanswered(entry) {
  return entry.until === null;
}

function randomId() {
  const bytes = crypto.getRandomValues(new Uint8Array(9));
  return btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "_")
    .replaceAll("/", "_");
}
