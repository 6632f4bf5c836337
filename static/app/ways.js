/**
 * Which way a page is linked: by WebSocket, or by HTTP on a network that lets no WebSocket through.
 *
 *   socket ──not greeted twice, by a server that answers HTTP──▶ http ──greeted──▶ blocked: people are told
 *     ▲                                                                              │
 *     └────────────────────── a trial socket that is greeted, now and then ──────────┘
 *
 * Once blocked it stays so for the page's life, but for such a trial: nobody waits for sockets again.
 */

export const SUBPROTOCOL = "webinar.v1.json";

const FAILURES = 2;
/** When a socket is tried again behind a page that goes on by HTTP, at first; then twice as late each time. */
const TRIAL_MS = 60_000;
const TRIAL_MOST_MS = 960_000;
/** How long a greeting may take; twice that, and the way by HTTP, is less than people wait. */
const HELLO_MS = { socket: 5_000, http: 10_000 };

export class Ways {
  /**
   * @param {{url: string, socket?: any, stream?: any, timers: import("./connection.js").Timers,
   *   knock: () => Promise<boolean>, now: () => number}} given
   */
  constructor({ url, socket, stream, timers, knock, now }) {
    this._url = url;
    // what carries frames by HTTP is fetched where it is needed
    this._classes = { socket: socket ?? globalThis.WebSocket, http: stream };
    this._timers = timers;
    this._knock = knock;
    this._now = now;
    /** @type {"socket"|"http"} */
    this._by = "socket";
    this._failures = 0;
    this._trialMs = TRIAL_MS;
    this._trialTimer = this._trial = /** @type {any} */ (null);
    /** @type {number|null} since when we are greeted by HTTP where no socket is (Unix ms) */
    this.blockedAt = null;
  }

  get helloMs() {
    return HELLO_MS[this._by];
  }

  /** @param {() => import("./connection.js").Frame[]} joins what is to be followed, and from where */
  open(joins) {
    return new this._classes[this._by](this._url, SUBPROTOCOL, joins);
  }

  greeted() {
    this._failures = 0;
    this.blockedAt = this._by === "http" ? (this.blockedAt ?? this._now()) : null;
  }

  /**
   * No greeting came, or the line broke soon after it.
   * @param {boolean} told the server itself said so
   * @returns {Promise<boolean>} whether another way is to be tried at once
   */
  async failed(told) {
    if (this._by === "http") {
      if (this.blockedAt === null) [this._by, this._failures] = ["socket", told ? 0 : 1];
      return false;
    }
    const there = !told && (await this._knock().catch(() => false));
    this._failures = there ? this._failures + 1 : 0;
    if (this._failures < FAILURES || !(await this._hasHttp())) return false;
    this._by = "http";
    return true;
  }

  /** Whether frames can go by HTTP: the script for it is here, or can be had. */
  async _hasHttp() {
    const fetched = async () => (await (await import("./rare.js")).stream()).HttpSocket;
    this._classes.http ??= await fetched().catch(() => undefined);
    return Boolean(this._classes.http);
  }

  /** Behind a page that goes on by HTTP, try a socket now and then. @param {(socket: any, data: string) => void} taken */
  tryBetter(taken) {
    this.rest();
    if (this.blockedAt === null) return;
    this._trialTimer = this._timers.set(() => this._tryOne(taken), this._trialMs);
    this._trialMs = Math.min(TRIAL_MOST_MS, this._trialMs * 2);
  }

  /** No trial any more. */
  rest() {
    this._timers.clear(this._trialTimer);
    const socket = this._trial;
    this._trial = null;
    if (!socket) return;
    socket.onmessage = socket.onclose = null;
    socket.close();
  }

  /** @param {(socket: any, data: string) => void} taken */
  _tryOne(taken) {
    const socket = (this._trial = new this._classes.socket(this._url, SUBPROTOCOL));
    socket.onclose = () => this.tryBetter(taken);
    socket.onmessage = (/** @type {MessageEvent} */ { data }) => {
      this._timers.clear(this._trialTimer);
      [this._trial, this._by] = [null, "socket"];
      taken(socket, data);
    };
    this._trialTimer = this._timers.set(() => this.tryBetter(taken), HELLO_MS.http);
  }
}

/** @param {string|null} as @param {string} [topic] */
export function liveUrl(as, topic) {
  const url = new URL("/live", globalThis.location?.href ?? "http://localhost");
  url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
  if (as) url.searchParams.set("as", as);
  if (topic) url.searchParams.set("topic", topic);
  return url.href;
}
