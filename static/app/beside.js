/**
 * A second topic by the line a page has: its records, and commands that go to it.
 *
 *   const mission = besideStore(connection, `mission/${who.mission}`);
 *   await mission.do("…").done;
 *
 * It is lost by itself: as another part it is joined again, otherwise its `link` says `ended`, and why, while the
 * page goes on.
 */

import { createStore } from "./store.js";

/** @typedef {import("./connection.js").Connection} Connection */
/** @typedef {import("./connection.js").Follower} Follower */
/** @typedef {import("./connection.js").Frame} Frame */
/** @typedef {import("./connection.js").Link} Link */

/** A join that was not served for the moment, of which the server says not when to come back. */
const PASSING = /^(log\.unavailable|pace\.(join|unknown))$/;
const AGAIN_MS = 2_000;
const SPREAD = 0.25;

const NO_LINK = { retryAt: null, code: null, text: "", cause: "", reason: "" };

/**
 * @param {Connection} line that of the page
 * @param {string} topic
 * @param {Partial<import("./store.js").StoreOptions>} [more]
 */
export function besideStore(line, topic, more = {}) {
  return createStore({ ...more, connection: /** @type {any} */ (new Beside(line, more)), topic });
}

/** What a store uses of a connection, for a topic that this did not come for. */
class Beside extends EventTarget {
  /** @param {Connection} line @param {Partial<import("./store.js").StoreOptions>} clock */
  constructor(line, { now = Date.now, later = setTimeout, random = Math.random }) {
    super();
    this._line = line;
    this._now = now;
    this._later = later;
    this._random = random;
    /** As whom the server says we are there. @type {Connection["you"]} */
    this.you = null;
    /** What became of this topic alone. @type {Link|null} */
    this._own = null;
    line.addEventListener("link", () => this._set(null));
  }

  get as() {
    return this._line.as;
  }

  get blockedAt() {
    return this._line.blockedAt;
  }

  get link() {
    return this._own ?? this._line.link;
  }

  /** @param {Frame} frame */
  send(frame) {
    return this.link.state === "live" && this._line.send(frame);
  }

  /** @param {string} topic @param {Follower} follower */
  follow(topic, { position, frame }) {
    const role = () => this.you?.role ?? "";
    const again = () => this._again({ op: "join", topic, at: position(), ...(role() && { role: role() }) });
    return this._line.follow(topic, {
      position,
      role,
      frame: (told) => {
        if (told.op === "seat") this.you = told.you;
        else if (told.op === "error") this._refused(told, again);
        else frame(told);
      },
    });
  }

  /** @param {Frame} error @param {() => void} again */
  _refused({ code, text, reason = "", retry_after: wait }, again) {
    if (wait === undefined && !PASSING.test(code)) {
      return this._set({ ...NO_LINK, state: "ended", text, cause: code, reason });
    }
    const ms = (wait === undefined ? AGAIN_MS : wait * 1000) * (1 + SPREAD * this._random());
    this._set({ ...NO_LINK, state: "waiting", retryAt: this._now() + ms });
    this._later(again, ms);
  }

  /** @param {Frame} join */
  _again(join) {
    // a line that was lost meanwhile has joined it anew
    if (this._own?.state !== "waiting") return;
    this._set(null);
    this.send(join);
  }

  /** @param {Link|null} own */
  _set(own) {
    this._own = own;
    this.dispatchEvent(new Event("link"));
  }
}
