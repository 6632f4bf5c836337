/**
 * Single keys for hosts who keep their hands on the keyboard (WCAG 2.1.4: they can be switched off).
 *
 * From where they act, and that nobody is writing, is known to lib/keys.js.
 */

import { isSingle } from "../../lib/keys.js";

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

/** @type {Map<string, Act>} */
const ACTS = new Map([...KEYS, ["Delete", "dismiss"]]);

/** The same all the time, so that a held key cannot dismiss the whole board. @type {Set<Act>} */
const REPEATS = new Set(["down", "up"]);

/** Pressed twice, they go two steps. @param {Act} act */
export const isStep = (act) => REPEATS.has(act);

/**
 * What a key press asks for, or null.
 * @param {import("../../lib/keys.js").Press} press @param {boolean} on  whether single keys are switched on
 * @returns {Act|null}
 */
export function actOf(press, on) {
  if (!isSingle(press)) return null;
  const act = ACTS.get(press.key.length === 1 ? press.key.toLowerCase() : press.key) ?? null;
  if (!act || (press.repeat && !REPEATS.has(act))) return null;
  // help stays, because it is where the switch is found again
  return on || act === "help" ? act : null;
}

/** The key shown on the button of an act. @param {string} act */
export const keyOf = (act) => KEYS.find(([, name]) => name === act)?.[0] ?? "";
