/** Which key asks for what: single ones, and two pressed one after the other. */

import { isSingle } from "./keys.js";

/** The second of two follows the first within this time. */
const PAUSE_MS = 1500;

/** @typedef {import("./keys.js").Press & {timeStamp?: number}} Press */
/**
 * @template {string} Act
 * @typedef {{read: (press: Press, on: boolean) => Act|null, isStep: (act: Act) => boolean,
 *   isAtOnce: (act: Act) => boolean, isFirst: (key: string) => boolean}} Reader
 *   `on`: whether keys are switched on; `isFirst`: whether a key asks for something only with another after it
 */

/**
 * @template {string} Act
 * @param {readonly (readonly [string, Act])[]} table keys, two with a space between them, and what they ask for
 * @param {{steps?: readonly Act[], always?: readonly Act[], writes?: readonly Act[]}} [how] `steps` go on while the key
 *   is held; `always` acts also when keys are switched off; `writes` go where the next letters are meant to be
 * @returns {Reader<Act>}
 */
export function readerOf(table, { steps = [], always = [], writes = [] } = {}) {
  const acts = new Map(table);
  const firsts = new Set(table.map(([keys]) => keys.split(" ")).flatMap(([first, second]) => (second ? [first] : [])));
  let first = "";
  let until = 0;

  /** @param {string} key @param {number} now */
  function found(key, now) {
    const both = now < until ? acts.get(`${first} ${key}`) : undefined;
    [first, until] = firsts.has(key) ? [key, now + PAUSE_MS] : ["", 0];
    return both ?? acts.get(key) ?? null;
  }

  return {
    isStep: (act) => steps.includes(act),
    isAtOnce: (act) => steps.includes(act) || writes.includes(act),
    isFirst: (key) => firsts.has(key) && !acts.has(key),
    read(press, on) {
      if (!isSingle(press)) return null;
      const act = found(press.key.length === 1 ? press.key.toLowerCase() : press.key, press.timeStamp ?? 0);
      // a held key must not dismiss the whole board
      if (!act || (press.repeat && !steps.includes(act))) return null;
      return on || always.includes(act) ? act : null;
    },
  };
}
