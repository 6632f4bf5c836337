/**
 * Where no WebSocket comes through: the same frames by HTTP, behind a WebSocket's face.
 *
 *   what is told: one answer that goes on (`GET /live/stream`), opened anew from the position when it ends
 *   what is said: `POST /live/stream`, one at a time, its answers in the answer
 *
 * A proxy that keeps an answer until its end is asked for short ones.
 */

import { endOf, parseReason } from "./farewell.js";

/** @typedef {import("./connection.js").Frame} Frame */
/** @typedef {(message: {data: string}) => void} Hear */
/** @typedef {(close: {code: number, reason: string}) => void} Leave */

/** Without a first word for so long, somebody keeps back what comes. */
const KEPT_MS = 4_000;
/** How long that is believed, before a long answer is tried again. */
const KEPT_FOR_MS = 600_000;
/** Seconds of an answer that is to come to its end soon. */
const SHORT = 1;
/** An answer that ends sooner without a word is a fault. */
const CUT_MS = 1_000;
/** How long an answer to what we said waits for the news it is about. */
const NEWS_MS = 1_000;
/** Of one post; a body has 64 kB, and a server's word for more than it takes is a refusal. */
const FRAMES_MAX = 32;
const BYTES_MAX = 60_000;
const LOST = 1006;

export class HttpSocket {
  /** Until when answers are kept back here, as far as this page knows (Unix ms). */
  static keptUntil = 0;

  /**
   * @param {string} url the WebSocket's
   * @param {string} protocol
   * @param {() => Frame[]} joins what is to be followed, and from where
   */
  constructor(url, protocol, joins) {
    this.readyState = 0;
    /** @type {Hear|null} */
    this.onmessage = null;
    /** @type {Leave|null} */
    this.onclose = null;
    this._url = Object.assign(new URL(url), { protocol: url.startsWith("wss:") ? "https:" : "http:" });
    this._url.pathname += "/stream";
    this._headers = { "Webinar-Protocol": protocol };
    this._joins = joins;
    this._greeted = this._posting = false;
    /** @type {Set<any>} topics the answer that goes on tells of */
    this._told = new Set();
    /** Up to where each topic was told. @type {Record<string, number>} */
    this._at = {};
    /** @type {Map<string, string>} of what was said, by its ref, the topic */
    this._topics = new Map();
    /** @type {string[]} */
    this._unsent = [];
    this._reading = new AbortController();
    void this._read();
  }

  /** @param {string} text */
  send(text) {
    const frame = JSON.parse(text);
    if (frame.op === "leave") return;
    // it cannot be asked whether it is there: a new one is
    if (frame.op === "ping") return void this._read();
    if (frame.op === "join") return this._told.delete(frame.topic) ? undefined : void this._read();
    if (frame.ref) this._topics.set(frame.ref, frame.topic);
    this._unsent.push(text);
    void this._post();
  }

  close() {
    this.readyState = 3;
    this._reading.abort();
  }

  /** Be told, from now on, until that ends; what was told before is not heard any more. */
  async _read() {
    this._reading.abort();
    const mine = (this._reading = new AbortController());
    const began = Date.now();
    const kept = setTimeout(() => this._beShort(mine), KEPT_MS);
    /** @type {[number, string]} */
    let end = [LOST, ""];
    try {
      const answer = await fetch(this._address(), this._how({ signal: mine.signal }));
      if (!answer.ok || !answer.body) end = await refusal(answer);
      else
        for await (const frame of events(answer.body)) {
          clearTimeout(kept);
          if (mine.signal.aborted) return;
          if (frame.op === "close") end = [frame.code, frame.reason];
          else this._hear(frame);
        }
      // cut by a proxy, or over as it should be
      const goesOn = end[0] === LOST ? answer.ok && Date.now() - began > CUT_MS : parseReason(end[1]).retryAfter === 0;
      if (goesOn && !mine.signal.aborted) return void this._read();
    } catch {
      // the network's fault, or ours if it was given up
    } finally {
      clearTimeout(kept);
    }
    if (!mine.signal.aborted) this._end(...end);
  }

  /** @param {AbortController} mine */
  _beShort(mine) {
    if (mine.signal.aborted || Date.now() < HttpSocket.keptUntil) return;
    HttpSocket.keptUntil = Date.now() + KEPT_FOR_MS;
    void this._read();
  }

  _address() {
    const url = new URL(this._url);
    this._told.clear();
    for (const join of this._joins()) {
      this._told.add(join.topic);
      url.searchParams.append("join", JSON.stringify(join));
    }
    if (Date.now() < HttpSocket.keptUntil) url.searchParams.set("life", `${SHORT}`);
    return url;
  }

  /** @param {RequestInit} more @returns {RequestInit} */
  _how(more) {
    return { cache: "no-store", credentials: "same-origin", headers: this._headers, ...more };
  }

  /** @param {Frame} frame */
  _hear(frame) {
    if (frame.op === "state") this._at[frame.topic] = Math.max(this._at[frame.topic] ?? 0, frame.at[0]);
    if (frame.op !== "hello") return this._say(frame);
    // the next answers of the same line are no new greeting, but a sign of life
    const first = !this._greeted;
    this._greeted = true;
    this.readyState = 1;
    this._say(first ? frame : { op: "pong" });
    if (!first) this._told.clear();
  }

  /** @param {Frame} frame */
  _say(frame) {
    if (this.readyState === 1) this.onmessage?.({ data: JSON.stringify(frame) });
  }

  /** @param {number} code @param {string} reason */
  _end(code, reason) {
    if (this.readyState === 3) return;
    this.close();
    this.onclose?.({ code, reason });
  }

  /** What is to be said goes one after the other; what comes meanwhile goes together. */
  async _post() {
    if (this._posting) return;
    this._posting = true;
    try {
      while (this._unsent.length && this.readyState === 1) await this._postSome();
    } catch {
      this._end(LOST, "");
    } finally {
      this._posting = false;
    }
  }

  async _postSome() {
    const frames = this._some();
    // another worker is to be no older than what we saw
    const url = new URL(this._url);
    for (const [topic, seq] of Object.entries(this._at)) {
      // without a name in the address, it is about the one topic there is
      const main = (url.searchParams.get("topic") ?? topic) === topic;
      url.searchParams.append(main ? "at" : "beside", main ? `${seq}` : `${topic}@${seq}`);
    }
    const answer = await fetch(url, this._how({ method: "POST", body: frames.join("\n") }));
    if (answer.ok) {
      for (const line of (await answer.text()).split("\n")) if (line) void this._answer(JSON.parse(line));
      return;
    }
    const [code, reason] = await refusal(answer);
    const wait = parseReason(reason).retryAfter;
    if (wait === null) return this._end(code, reason);
    this._unsent.unshift(...frames);
    await pause(wait * 1000);
  }

  _some() {
    let [count, bytes] = [0, 0];
    const size = (/** @type {string} */ text) => new Blob([text]).size + 1;
    while (count < Math.min(FRAMES_MAX, this._unsent.length)) {
      bytes += size(/** @type {string} */ (this._unsent[count]));
      if (count && bytes > BYTES_MAX) break;
      count += 1;
    }
    return this._unsent.splice(0, count);
  }

  /** Who has the answer has the news, as on a socket. @param {Frame} frame */
  async _answer(frame) {
    const topic = this._topics.get(frame.ref) ?? "";
    this._topics.delete(frame.ref);
    const isNews = () => frame.op === "done" && (this._at[topic] ?? 0) < frame.at[0];
    for (let ms = 0; isNews() && ms < NEWS_MS; ms += 50) await pause(50);
    this._say(frame);
  }
}

/** @param {number} ms */
const pause = (ms) => new Promise((resume) => setTimeout(resume, ms));

/** What a refusal closes with: the server's own says why, or when to come back. @param {Response} answer
 * @returns {Promise<[number, string]>} */
async function refusal(answer) {
  const told = await answer.json().catch(() => ({}));
  if (typeof told.code !== "string") return [LOST, ""];
  if (endOf(told.code)) return [endOf(told.code), JSON.stringify(told)];
  return [told.retry_after === undefined ? LOST : 1013, JSON.stringify(told)];
}

/** @param {ReadableStream<Uint8Array>} body */
async function* events(body) {
  const reader = body.pipeThrough(/** @type {any} */ (new TextDecoderStream())).getReader();
  let rest = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    const lines = (rest + value).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) if (line.startsWith("data: ")) yield /** @type {Frame} */ (JSON.parse(line.slice(6)));
  }
}
