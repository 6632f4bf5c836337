/**
 * Single keys for hosts who keep their hands on the keyboard (WCAG 2.1.4: they can be switched off).
 *
 * @typedef {{key: string, ctrlKey?: boolean, metaKey?: boolean, altKey?: boolean, isComposing?: boolean,
 *            repeat?: boolean, target?: unknown}} Press
 */

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

const EDITABLE = "input, textarea, select, [contenteditable], dialog[open]";

/**
 * What a key press asks for, or null.
 * @param {Press} press @param {boolean} on  whether single keys are switched on
 * @returns {Act|null}
 */
export function actOf(press, on) {
  if (press.ctrlKey || press.metaKey || press.altKey || press.isComposing) return null;
  if (isEditable(press.target)) return null;
  const act = ACTS.get(press.key.length === 1 ? press.key.toLowerCase() : press.key) ?? null;
  if (!act || (press.repeat && !REPEATS.has(act))) return null;
  // help stays, because it is where the switch is found again
  return on || act === "help" ? act : null;
}

/** @param {unknown} target */
function isEditable(target) {
  const element = /** @type {{closest?: (selector: string) => unknown}|null|undefined} */ (target);
  return Boolean(element?.closest?.(EDITABLE));
}

/** The key shown on the button of an act. @param {string} act */
export const keyOf = (act) => KEYS.find(([, name]) => name === act)?.[0] ?? "";
