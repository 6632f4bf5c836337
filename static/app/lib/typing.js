/**
 * Typing: a key that stands in a word is none that somebody means by itself.
 *
 * Who types past a field types words, letter upon letter. So a key acts only where no other letter came shortly
 * before it and none comes shortly after, for which it waits. Who points somewhere has stopped typing.
 */

import { isComposing } from "./keys.js";

/** Between two letters of a word; slow hands need some 300 ms. */
export const BEFORE_MS = 400;
/** How long an act waits for the letter after its key. */
export const AFTER_MS = 250;

/** So long after a key that asks for something another letter is of its word: after a step, whose hand may act
 * next, it is shorter, and of two keys the second is awaited. */
const GOES_ON_MS = { "": BEFORE_MS, step: AFTER_MS, first: 0 };

/** @typedef {import("./keys.js").Press & {timeStamp: number}} Press */
/** @typedef {keyof typeof GOES_ON_MS} Kind */
/** @typedef {{key: string, kind: Kind, until: number, inWord: boolean}} Letter */

/** @type {Letter} */
const NONE = { key: "", kind: "", until: -Infinity, inWord: false };

export class Typing {
  constructor() {
    /** The last one, until when another is of its word, and whether it was in a word itself. */
    this._last = NONE;
    /** @type {{key: string, timer: ReturnType<typeof setTimeout>, run: () => void}|null} */
    this._waiting = null;
  }

  /**
   * For every key that goes down, also where it asks for nothing.
   * @param {Press} press
   * @param {{run: () => void, atOnce?: boolean}|null} act what it asks for; at once where waiting would be felt and
   *   nothing is changed for others
   * @param {Kind} [kind] whether it is a step, or the first of two keys
   * @returns {boolean} whether it stands by itself as yet
   */
  pressed(press, act, kind = "") {
    const inWord = this._isInWord(press, kind);
    if (isTyped(press)) this._typed(press, kind, inWord);
    if (inWord || !act) return false;
    if (act.atOnce) act.run();
    else this._wait(press.key, act.run);
    return true;
  }

  /** Somebody pointed at something: what waits was meant, and no word goes on. */
  pointed() {
    this._last = NONE;
    const waiting = this._stop();
    if (waiting) waiting.run();
  }

  /** @param {Press} press @param {Kind} kind */
  _isInWord({ key, timeStamp }, kind) {
    const last = this._last;
    const again = key === last.key || (kind === "step" && last.kind === "step");
    return timeStamp < last.until && (last.inWord || !again);
  }

  /** @param {Press} press @param {Kind} kind @param {boolean} inWord */
  _typed({ key, timeStamp, repeat }, kind, inWord) {
    if (repeat) return;
    if (this._waiting?.key !== key || inWord) this._stop();
    this._last = { key, kind, until: timeStamp + (inWord ? BEFORE_MS : GOES_ON_MS[kind]), inWord };
  }

  /** A second press of the same key is the same act, a little later. @param {string} key @param {() => void} run */
  _wait(key, run) {
    this._stop();
    this._waiting = { key, run, timer: setTimeout(() => this._stop()?.run(), AFTER_MS) };
  }

  _stop() {
    const waiting = this._waiting;
    this._waiting = null;
    if (waiting) clearTimeout(waiting.timer);
    return waiting;
  }
}

/** Whether it would write, or take back, a letter in a field. @param {Press} press */
function isTyped(press) {
  if (isComposing(press)) return true;
  const withCommand = (press.ctrlKey || press.altKey) && !press.getModifierState?.("AltGraph");
  return !withCommand && !press.metaKey && (press.key.length === 1 || press.key === "Backspace");
}
