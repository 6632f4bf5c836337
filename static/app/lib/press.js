/**
 * A second press in the same place never does a second thing.
 *
 * Who presses twice means once; and what the first press changed may have brought another button under the
 * pointer. So a press counts by its place on the screen, whatever is there by then. Presses on different places,
 * and those with words written between them, are meant however quickly they follow.
 */

export const SAME_PRESS_MS = 500;
/** How far a hand strays between two presses. */
const SAME_PLACE_PX = 20;

/** Pressed often on purpose (`data-often`), or pressed twice to choose a word or to see a film large. */
const EXEMPT = "[data-often], input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable], video";

/** @typedef {{x: number, y: number}|object|string} Place a point of the screen, or what is equal to itself alone */

/** Remembers the last press. One that was not let through counts too, so that hammering is one press. */
export class Presses {
  constructor() {
    /** @type {Place|null} */
    this._place = null;
    this._at = 0;
  }

  /**
   * @param {Place} place
   * @param {number} at ms
   * @returns {boolean} whether this is the last press again
   */
  isAgain(place, at) {
    const again = this._place !== null && at - this._at < SAME_PRESS_MS && isSame(this._place, place);
    this._place = place;
    this._at = at;
    return again;
  }

  forget() {
    this._place = null;
  }
}

/** @param {any} one @param {any} other @returns {boolean} */
function isSame(one, other) {
  return one === other || Math.hypot(one.x - other.x, one.y - other.y) <= SAME_PLACE_PX;
}

/** For everything on a page that can be pressed. @param {Document} page */
export function guardPresses(page) {
  const presses = new Presses();
  /** Where the keyboard is: elsewhere once a key has moved the focus or written something. */
  let keys = {};
  /** The control of the label that was pressed: the browser presses it too. @type {EventTarget|null} */
  let labelled = null;

  /** @param {MouseEvent} event */
  function pressed(event) {
    const target = /** @type {Element} */ (event.target);
    const same = target === labelled;
    labelled = null;
    if (same || target.closest(EXEMPT)) return;
    // a press by keyboard, or by a tool without a pointer, has no place
    const place = event.detail ? { x: event.clientX, y: event.clientY } : keys;
    if (presses.isAgain(place, event.timeStamp)) stop(event);
    else labelled = controlOf(target);
  }

  /** @param {KeyboardEvent} event */
  function key(event) {
    if (event.key !== "Enter" && event.key !== " ") keys = {};
    else if (event.key === "Enter" && event.repeat && !isWritten(event.target)) stop(event);
  }

  /** @param {Event} event */
  const wrote = (event) => void (isText(event.target) && presses.forget());

  page.addEventListener("click", pressed, true);
  page.addEventListener("keydown", key, true);
  page.addEventListener("input", wrote, true);
}

/** @param {Element} target */
function controlOf(target) {
  const control = target.closest("label")?.control ?? null;
  return control?.contains(target) ? null : control;
}

/** Where a held Enter writes lines, or is looked at by the field itself. @param {EventTarget|null} target */
const isWritten = (target) => target instanceof Element && Boolean(target.closest("textarea, [contenteditable]"));

/** @param {EventTarget|null} target */
const isText = (target) =>
  isWritten(target) || (target instanceof HTMLInputElement && !/^(checkbox|radio)$/.test(target.type));

/** @param {Event} event */
function stop(event) {
  event.preventDefault();
  event.stopImmediatePropagation();
}
