/**
 * A copy of one topic's records, kept current by the server, and the commands we have under way.
 *
 * It has no rules: a `state` frame says what the records are (`records.js`), and the position is the frame's.
 */

import { asker } from "./older.js";
import { Outbox } from "./outbox.js";
import { Records } from "./records.js";

/** @typedef {import("./connection.js").Connection} Connection */
/** @typedef {import("./connection.js").Frame} Frame */
/** @typedef {import("./connection.js").Position} Position */
/** @typedef {import("./outbox.js").Pending} Pending */
/** @typedef {import("./outbox.js").Doing} Doing */
/** @typedef {import("./outbox.js").Refused} Refused */
/** @typedef {Readonly<Record<string, any> & {id: string}>} Item a record with its id */
/** Of all of a kind those that are shown, the same array for the same. @typedef {(kind: string, all: readonly Item[]) => readonly Item[]} Leaves */
/**
 * @typedef {{connection: Connection, topic: string, storage?: Storage|null, now?: () => number,
 *            schedule?: (run: () => void) => void, later?: (run: () => void, ms: number) => void,
 *            random?: () => number,
 *            ask?: import("./older.js").Ask}} StoreOptions
 */

/** How long a record waits for the answer that belongs to it, at most. */
const ANSWER_MS = 40;

/** A page in the background gets no animation frames; its title and unread counts must move all the same. */
const NO_FRAME_MS = 250;

/** @param {StoreOptions} options */
export function createStore(options) {
  return new Store(options);
}

export class Store {
  /** @param {StoreOptions} options */
  constructor(options) {
    const { connection, topic, storage = sessionStore(), now = Date.now } = options;
    const { schedule = nextFrame, later = setTimeout, random = Math.random } = options;
    this.connection = connection;
    this.topic = topic;
    /** @type {Position|null} */
    this.position = null;
    /** True while the connection is live and its first state has been merged. */
    this.joined = false;
    this._schedule = schedule;
    const ask = options.ask ?? asker(topic, connection.as, () => this.position?.[0] ?? 0);
    this._records = new Records(ask, () => this._changed());
    this._subscribers = /** @type {Set<() => void>} */ (new Set());
    /** @type {Set<(reactions: Record<string, number>) => void>} */
    this._pulses = new Set();
    this._scheduled = false;
    this._leaves = /** @type {Leaves} */ ((_kind, all) => all);
    this._outbox = new Outbox({
      send: ({ ref, command, args }) => connection.send({ op: "do", topic, ref, command, args }),
      changed: () => this._changed(),
      storage,
      key: `pending/${connection.as ?? ""}/${topic}`,
      now,
      later: (run, ms) => void later(run, ms),
      random,
    });
    connection.addEventListener("link", () => this._linkChanged());
    connection.follow(topic, { position: () => this.position, frame: (frame) => this.receive(frame) });
  }

  get you() {
    return this.connection.you;
  }

  get link() {
    return this.connection.link;
  }

  /** Whether the server is there, and has not answered for some seconds what we asked. */
  get isSlow() {
    return this.joined && this._outbox.isSlow;
  }

  get pending() {
    return this._outbox.entries;
  }

  /**
   * @param {string} kind
   * @param {string|null|undefined} id
   * @returns {Item|undefined}
   */
  get(kind, id) {
    return this._records.get(kind, id);
  }

  /**
   * @param {string} kind
   * @returns {readonly Item[]} in the order of arrival, messages as they were said; the same array until
   *   something of that kind changes
   */
  all(kind) {
    return this._leaves(kind, this._records.all(kind));
  }

  /** From now on lists hold what this leaves of them. @param {Leaves} leaves */
  leave(leaves) {
    this._leaves = leaves;
    this._changed();
  }

  /** Whether there are older ones of a kind, and what becomes of asking for them. @param {string} kind */
  older(kind) {
    return this._records.older(kind);
  }

  /** Have a page of older ones; here once it resolves, if they could be had. @param {string} kind */
  fetchOlder(kind) {
    return this._records.fetchOlder(kind);
  }

  /** Keep no more than the newest; the others may be asked for again. @param {string} kind @param {number} count */
  keepNewest(kind, count) {
    this._records.keepNewest(kind, count);
  }

  /**
   * Ask for something. With `draft`, these are the person's own words: refused, they stay in `pending` as
   * failed until `retry` or `discard`. Without, a refusal only rejects `done` with {code, text, retryAfter}.
   * @param {string} command
   * @param {Record<string, any>} [args]
   * @param {{draft?: boolean}} [how]
   * @returns {Doing}
   */
  do(command, args = {}, { draft = false } = {}) {
    return this._outbox.add(command, args, draft);
  }

  /**
   * Send a failed command again, under the same ref.
   * @param {string} ref
   */
  retry(ref) {
    return this._outbox.retry(ref);
  }

  /**
   * Send a failed command again with the words that the server would take.
   * @param {string} ref
   */
  take(ref) {
    return this._outbox.take(ref);
  }

  /** @param {string} ref a command to forget, whether or not it was answered */
  discard(ref) {
    this._outbox.discard(ref);
  }

  /** @param {string} reaction shown now or never: without a connection it is dropped */
  pulse(reaction) {
    this.connection.send({ op: "pulse", topic: this.topic, reaction });
  }

  /** @param {(reactions: Record<string, number>) => void} run */
  onPulse(run) {
    this._pulses.add(run);
    return () => this._pulses.delete(run);
  }

  /**
   * @param {() => void} run called at most once per animation frame after anything changed
   * @returns {() => boolean} unsubscribe
   */
  subscribe(run) {
    this._subscribers.add(run);
    return () => this._subscribers.delete(run);
  }

  /** @param {Frame} frame */
  receive(frame) {
    if (frame.op === "state") this._merge(frame);
    else if (frame.op === "done") this._done(frame);
    else if (frame.op === "pulse") for (const run of this._pulses) run(frame.reactions);
    else if (frame.op === "refused") {
      const { code, text, retry_after: retryAfter = null, field = "", suggestion = "" } = frame;
      this._outbox.refused(frame.ref, { code, text, retryAfter, ...(field && { field }), ...(suggestion && { suggestion }) });
    }
  }

  /** @param {Frame} frame */
  _merge(frame) {
    // answered in a history that is no more
    if (frame.reset) this._outbox.shownUpTo(Infinity);
    this._records.merge(frame);
    this.position = frame.at;
    this._outbox.shownUpTo(frame.at[0]);
    const joining = !this.joined;
    if (joining) {
      // only now, so that commands never overtake the join they belong to
      this.joined = true;
      this._outbox.open();
    }
    if (joining || !this._outbox.isWaiting) this._changed();
    // the answer to our own words is right behind their record: shown together, nothing stands there twice
    else setTimeout(() => this._changed(), ANSWER_MS);
  }

  /** @param {Frame} frame */
  _done({ ref, at, result }) {
    // shown as pending until the record itself is here, so that nothing blinks
    this._outbox.done(ref, result, at?.[0] ?? 0);
    this._outbox.shownUpTo(this.position?.[0] ?? -1);
  }

  _linkChanged() {
    if (this.link.state !== "live") {
      this.joined = false;
      this._outbox.close();
    }
    this._changed();
  }

  _changed() {
    if (this._scheduled) return;
    this._scheduled = true;
    this._schedule(() => {
      this._scheduled = false;
      for (const run of [...this._subscribers]) run();
    });
  }
}

function sessionStore() {
  try {
    return globalThis.sessionStorage ?? null;
  } catch {
    return null;
  }
}

/** @param {() => void} run */
function nextFrame(run) {
  let frame = 0;
  const once = () => {
    clearTimeout(timer);
    cancelAnimationFrame(frame);
    run();
  };
  const timer = setTimeout(once, NO_FRAME_MS);
  frame = requestAnimationFrame(once);
}
