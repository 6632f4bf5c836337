/** Single keys for hosts who keep their hands on the keyboard. */

import { readerOf } from "../../app/lib/key_table.js";

/** Key → act, in the order of the help. */
export const KEYS = /** @type {const} */ ([
  ["j", "down"],
  ["k", "up"],
  ["a", "approve"],
  ["q", "queue"],
  ["d", "deck"],
  ["s", "spotlight"],
  ["n", "next"],
  ["x", "answer"],
  ["-", "dismiss"],
  ["c", "clear_stage"],
  ["g", "greet"],
  ["u", "undo"],
  ["?", "help"],
]);

/** @typedef {typeof KEYS[number][1]} Act */

/** Help stays when keys are switched off, because it is where the switch is found again. */
export const reader = readerOf(/** @type {[string, Act][]} */ ([...KEYS, ["Delete", "dismiss"]]), {
  steps: ["down", "up"],
  always: ["help"],
});

/** The key shown on the button of an act. @param {string} act */
export const keyOf = (act) => KEYS.find(([, name]) => name === act)?.[0] ?? "";
