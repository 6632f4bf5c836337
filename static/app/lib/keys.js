/**
 * Keys: which press may act by itself, and what Enter and Escape mean in a field.
 *
 * A single key acts only from where nobody writes: the page itself, or a place marked `data-keys` (that
 * element) or `data-keys="within"` (all that is in it too). A whitelist, because what is forgotten in it
 * costs a key that does nothing, and what is forgotten in a blacklist puts somebody on air.
 */

/** After the last sign of writing; who types has a shorter pause between two letters. */
export const WRITING_MS = 600;

const FORM = "form, dialog, input, textarea, select, [contenteditable]:not([contenteditable=false]), [role=menu]";
const FREE = "[data-keys], [data-keys=within] *";

/** @typedef {{key: string, keyCode?: number, isComposing?: boolean, shiftKey?: boolean, ctrlKey?: boolean,
 *   metaKey?: boolean, altKey?: boolean, repeat?: boolean, defaultPrevented?: boolean,
 *   getModifierState?: (name: string) => boolean}} Press */

/** Safari ends a composition with an Enter that says so by this code alone. @param {Press} press */
export const isComposing = ({ isComposing, keyCode }) => Boolean(isComposing) || keyCode === 229;

/**
 * One key without company: no modifier, no part of a composition, not used already. A capital letter asks for
 * Shift, a sign such as `?` may need it.
 * @param {Press} press
 */
export function isSingle(press) {
  if (press.ctrlKey || press.metaKey || press.altKey || press.getModifierState?.("AltGraph")) return false;
  if (press.shiftKey && /^\p{L}$/u.test(press.key)) return false;
  return !press.defaultPrevented && !isComposing(press);
}

/**
 * Watches where the hand is, and tells whether a key pressed now may act by itself.
 * @param {Document} page
 * @returns {(event: KeyboardEvent) => boolean}
 */
export function watchWriting(page) {
  /** What was last pointed at or focused. @type {Hand} */
  let hand = { at: null, form: null, focus: false };
  let wroteAt = -Infinity;

  const isWriting = (/** @type {Event} */ event) => event.timeStamp - wroteAt < WRITING_MS;
  const wrote = (/** @type {Event} */ event) => void (formOf(event.target) && (wroteAt = event.timeStamp));
  const went = (/** @type {Event} */ event) => {
    const at = event.target instanceof Element ? event.target : null;
    const focus = event.type === "focusin";
    // a press between the fields of a form gives the focus to what is around it
    if (focus && !hand.focus && hand.form && at?.contains(hand.form)) return;
    hand = { at, form: at?.closest("form, dialog") ?? null, focus };
    wrote(event);
  };
  // a form may close under the typing hand: what is typed on is still its writing
  const typed = (/** @type {Event} */ event) => (isWriting(event) ? void (wroteAt = event.timeStamp) : wrote(event));
  for (const kind of ["pointerdown", "focusin"]) page.addEventListener(kind, went, true);
  for (const kind of ["focusout", "input"]) page.addEventListener(kind, wrote, true);
  page.addEventListener("keydown", typed, true);

  return (event) =>
    !page.querySelector("dialog[open]") && isFree(event.target, page, hand) && !isWriting(event);
}

/** @typedef {{at: Element|null, form: Element|null, focus: boolean}} Hand */

/** @param {EventTarget|null} target @param {Document} page @param {Hand} hand */
function isFree(target, page, hand) {
  if (!(target instanceof Element) || formOf(target) || isInForm(hand)) return false;
  return target === page.body || target === page.documentElement || target.matches(FREE);
}

/**
 * Something else has the focus, and still the hand is in a form: between its fields, or in one that went away.
 * @param {Hand} hand
 */
const isInForm = ({ at, form, focus }) => Boolean(form?.isConnected && !(focus && at?.isConnected));

/** @param {EventTarget|null} target @returns {Element|null} */
const formOf = (target) => (target instanceof Element ? target.closest(FORM) : null);

/**
 * For `keydown` of a field in which Enter does something: never while composing, once however long it is held.
 * @param {(event: KeyboardEvent) => void} run
 * @returns {(event: KeyboardEvent) => void}
 */
export function onEnter(run) {
  return (event) => {
    if (event.key !== "Enter" || event.shiftKey || isComposing(event)) return;
    event.preventDefault();
    if (!event.repeat) run(event);
  };
}

/**
 * For `keydown` of a form that Escape closes; an Escape that ends a composition does not.
 * @param {() => void} run
 * @returns {(event: KeyboardEvent) => void}
 */
export function onEscape(run) {
  return (event) => void (event.key === "Escape" && !isComposing(event) && run());
}
