/**
 * One line to the server, and everything about losing it and coming back; `ways.js` says by what it goes.
 *
 *   connecting ──hello──▶ live ──lost──▶ waiting(retryAt) ──▶ connecting …
 *        └──────────── a final close code, in any state ──▶ ended(code)
 *
 * It knows topics only as something to join with a position; what is in the frames is the stores' affair.
 * Timers, chance and the socket class are parameters, so that tests can turn the clock by hand.
 */

import { knock, KNOCK_AFTER, pause, REAL_TIMERS } from "./comeback.js";
import { isFor, whyNot } from "./enter.js";
import { endOf, isFinal, parseReason } from "./farewell.js";
import { serverTold } from "./lib/now.js";
import { liveUrl, Ways } from "./ways.js";

/** @typedef {[number, string]} Position */
/** @typedef {Record<string, any> & {op: string}} Frame */
/**
 * @typedef {{state: "connecting"|"live"|"waiting"|"ended", retryAt: number|null, code: number|null, text: string,
 *   cause: string, reason: string}} Link `cause` is the server's code, `reason` what a host gave as one */
/** @typedef {{position: () => Position|null, frame: (frame: Frame) => void, role?: () => string}} Follower with a `role`
 * of a topic beside the page's own: as which we were told what we know; errors of it are its own */
/** @typedef {{set: (run: () => void, ms: number) => any, clear: (timer: any) => void}} Timers */

const COME_BACK = /^(log\.unavailable|pace\.(join|unknown))$/, GONE = 1006; // without a word of the server's
const PROBE_MS = 5_000;
const SETTLED_MS = 5_000;
/** Not a close code of the server: it refuses a topic and leaves the socket open. */
const NO_TOPIC = 4404;

const NO_LINK = { retryAt: null, code: null, text: "", cause: "", reason: "" };

export class Connection extends EventTarget {
  /**
   * @param {{as?: string|null, topic?: string, mission?: string, page?: string, url?: string, socket?: any, stream?: any, timers?: Timers, random?: () => number,
   *          now?: () => number, knock?: () => Promise<boolean>,
   *          whyNot?: () => Promise<{code: string, reason?: string}|null>}} [options]
   */
  constructor(options = {}) {
    super();
    this.as = options.as ?? null;
    this._isLent = Boolean(options.mission);
    this._page = options.page ?? "";
    this._role = ""; // as which a mission's people were told what we know
    this._timers = options.timers ?? REAL_TIMERS;
    this._random = options.random ?? Math.random;
    this._now = options.now ?? Date.now;
    this._knock = options.knock ?? knock;
    this._ways = new Ways({ ...options, url: options.url ?? liveUrl(this.as, options.topic), timers: this._timers, knock: this._knock, now: this._now });
    this._whyNot = options.whyNot ?? (() => whyNot(this.as));
    this.link = /** @type {Link} */ ({ ...NO_LINK, state: "connecting" });
    /** @type {{id: string, name: string, role: string}|null} who the server says we are */
    this.you = null;
    this.beat = 15;
    /** @type {Map<string, Follower>} */
    this._followers = new Map();
    this._socket = /** @type {any} */ (null);
    this._failures = this._liveSince = 0;
    this.lostAt = /** @type {number|null} since when it has been away, if it is */ (null);
    this._retryTimer = this._silenceTimer = /** @type {any} */ (null);
  }

  /** Since when we go on by HTTP, where the network lets no live connection through. */
  get blockedAt() {
    return this._ways.blockedAt;
  }

  /** Open the line, and come back by ourselves from now on. */
  start() {
    const page = globalThis.window;
    page?.addEventListener("online", () => this.tryNow());
    page?.addEventListener("offline", () => this._probe());
    globalThis.document?.addEventListener("visibilitychange", () => {
      if (!document.hidden) this.tryNow();
    });
    this._open();
    return this;
  }

  /** Close for good, for a page that is leaving. */
  stop() {
    this._end(1000);
  }

  /** Do not wait any longer. */
  tryNow() {
    this.link.state === "live" ? this._probe() : this.link.state === "waiting" && this._open();
  }

  /**
   * Join a topic, now and after every reconnection, from the follower's own position.
   * @param {string} topic
   * @param {Follower} follower
   */
  follow(topic, follower) {
    this._followers.set(topic, follower);
    this.send(this._joinOf(topic, follower));
    return () => (this._followers.delete(topic), this.send({ op: "leave", topic }));
  }

  /** @param {string} topic @param {Follower} follower @returns {Frame} */
  _joinOf(topic, follower) {
    const role = follower.role ? follower.role() : this._role;
    return { op: "join", topic, at: follower.position(), ...(role && { role }) };
  }

  /** Whether it could be handed to a live socket; if not, keep it. @param {Frame} frame */
  send(frame) {
    if (this.link.state !== "live" || this._socket?.readyState !== 1) return false;
    this._socket.send(JSON.stringify(frame));
    return true;
  }

  _open() {
    this._timers.clear(this._retryTimer);
    if (this.link.state === "ended") return;
    this._drop();
    this._set({ state: "connecting" });
    if (this._failures > KNOCK_AFTER) void this._openIfThere();
    else this._connect();
  }

  /** Only the last of several tries goes on. */
  async _openIfThere() {
    const link = this.link;
    const there = await this._knock().catch(() => false);
    if (this.link !== link) return;
    if (there) this._connect();
    else this._lost(GONE, "", true);
  }

  _connect() {
    this._take(this._ways.open(() => [...this._followers].map(([topic, one]) => this._joinOf(topic, one))));
    this._expectWithin(this._ways.helloMs);
  }

  /** @param {any} socket */
  _take(socket) {
    this._socket = socket;
    socket.onmessage = (/** @type {MessageEvent} */ event) => this._received(event.data);
    socket.onclose = (/** @type {CloseEvent} */ event) => this._lost(event.code, event.reason);
  }

  /** Forget the socket without hearing from it again: a half-dead one may take minutes to say goodbye. */
  _drop() {
    const socket = this._socket;
    this._socket = null;
    this._timers.clear(this._silenceTimer);
    this._ways.rest();
    if (!socket) return;
    socket.onmessage = socket.onclose = null;
    socket.close();
  }

  /** @param {string} data */
  _received(data) {
    this._expectWithin(this.beat * 2000);
    /** @type {Frame} */
    let frame;
    try {
      frame = JSON.parse(data);
    } catch {
      return;
    }
    serverTold(frame.now);
    const follower = this._followers.get(frame.topic);
    if (frame.op === "state" && this._isLent && !follower?.role) this._role = this.you?.role ?? "";
    if (frame.op === "hello") this._greeted(frame);
    else if (frame.op === "error" && !follower?.role) this._fault(frame);
    else if (frame.topic !== undefined) follower?.frame(frame);
    else if (frame.op !== "pong") for (const each of this._followers.values()) each.frame(frame);
  }

  /** @param {Frame} error */
  _fault(error) {
    if (COME_BACK.test(error.code)) return this._lost(1013, JSON.stringify(error));
    if (/^topic\.(unknown|forbidden)$/.test(error.code)) return this._end(NO_TOPIC, { text: error.text });
    this.dispatchEvent(new CustomEvent("fault", { detail: error }));
  }

  /** Who it is may have another part since. @param {Frame} hello */
  _greeted(hello) {
    if (!isFor(this._page, hello.you.role)) return this._end(4401, { cause: `token.not_${this._page}` });
    this.you = hello.you;
    this.beat = hello.beat || this.beat;
    this._liveSince = this._now();
    this.lostAt = null;
    this._ways.greeted();
    this._ways.tryBetter((socket, data) => this._move(socket, data));
    this._expectWithin(this.beat * 2000);
    this._set({ state: "live" });
    for (const [topic, follower] of this._followers) this.send(this._joinOf(topic, follower));
  }

  /** Go on by a socket that was greeted; what has no answer yet is asked again. @param {any} socket @param {string} data */
  _move(socket, data) {
    this._drop();
    this._set({ state: "connecting" });
    this._take(socket);
    this._received(data);
  }

  /** @param {number} ms */
  _expectWithin(ms) {
    this._timers.clear(this._silenceTimer);
    this._silenceTimer = this._timers.set(() => this._lost(GONE, ""), ms);
  }

  /** Ask for a sign of life: after sleep or a change of network the socket may be dead without knowing. */
  _probe() {
    if (this.send({ op: "ping" })) this._expectWithin(PROBE_MS);
  }

  /** @param {number} code @param {string} reason @param {boolean} [nobody] answered at all */
  _lost(code, reason, nobody = false) {
    const told = parseReason(reason);
    const neverLive = this.link.state === "connecting";
    const settled = !neverLive && this._now() - this._liveSince > SETTLED_MS;
    this._drop();
    if (isFinal(code)) return this._end(code, told);
    if (settled) this._failures = 0;
    this._failures += 1;
    this.lostAt ??= this._now();
    const ms = pause(this._failures, told.retryAfter, this._random);
    this._set({ state: "waiting", retryAt: this._now() + ms });
    this._retryTimer = this._timers.set(() => this._open(), ms);
    if (neverLive && this._failures % 4 === 2) this._askWhetherKnown();
    if (!settled) void this._ways.failed(nobody || code !== GONE).then((other) => other && this.tryNow());
  }

  /** A refused handshake looks like a broken network to a browser, so HTTP is asked now and then. */
  async _askWhetherKnown() {
    const why = await this._whyNot().catch(() => null);
    if (why && this.link.state !== "live") this._end(endOf(why.code) || 4401, { cause: why.code, reason: why.reason });
  }

  /** @param {number} code @param {{text?: string, cause?: string, reason?: string}} [why] */
  _end(code, { text = "", cause = "", reason = "" } = {}) {
    this._timers.clear(this._retryTimer);
    this._drop();
    this._set({ state: "ended", code, text, cause, reason });
  }

  /** @param {Partial<Link> & {state: Link["state"]}} link */
  _set(link) {
    this.link = { ...NO_LINK, ...link };
    this.dispatchEvent(new Event("link"));
  }
}
