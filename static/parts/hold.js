/**
 * Whether somebody is at a list: points at it or did a moment ago, has the keyboard in it, touched it or scrolled down.
 *
 * @typedef {{whole?: boolean, idle?: number}} Manner  `whole`: focus and scrolling count too; `idle`: ms after
 *   which a mouse that does not move is only lying there
 */

/** A finger leaves no pointer behind; this long after a touch the next one may still follow. */
const TOUCH_MS = 4000;
/** Who leaves a list by a hair comes back at once. */
const AWAY_MS = 1200;

/**
 * @param {HTMLElement} list @param {(held: boolean) => void} changed  also told that it is held when the pointer has
 *   gone and something else holds it: what was left only for the pointer may go
 * @param {Manner} [manner]
 */
export function hold(list, changed, { whole = true, idle = 0 } = {}) {
  const reasons = { points: false, focus: false, touch: false, scrolled: false };
  let was = false;

  /** @param {Partial<typeof reasons>} change @param {boolean} [gone] the pointer has */
  function note(change, gone = false) {
    Object.assign(reasons, change);
    const held = Object.values(reasons).some(Boolean);
    if (held === was && !(held && gone)) return;
    was = held;
    changed(held);
  }

  const touchEnds = later(() => note({ touch: false }));
  const leaves = later(() => note({ points: false }, true));
  // on a button it is about to press, however long it takes
  const idles = later(() => (list.querySelector("button:hover") ? idles(idle) : note({ points: false })));

  /** @param {PointerEvent} event */
  function pointed(event) {
    if (event.pointerType !== "mouse") return;
    leaves(null);
    note({ points: true });
    if (idle) idles(idle);
  }

  list.addEventListener("pointerenter", pointed);
  if (idle) list.addEventListener("pointermove", pointed);
  list.addEventListener("pointerleave", () => {
    if (idle) idles(null);
    leaves(AWAY_MS);
  });
  list.addEventListener("pointerdown", (event) => {
    if (event.pointerType === "mouse") return;
    note({ touch: true });
    touchEnds(TOUCH_MS);
  });
  if (!whole) return;
  // what was pressed with the mouse has the focus too, long after the mouse has gone
  const focused = () => note({ focus: Boolean(list.querySelector(":focus-visible")) });
  list.addEventListener("focusin", focused);
  // not at once: what is drawn just now may have taken it away, and who goes on to another row has not left
  list.addEventListener("focusout", () => void setTimeout(focused));
  list.addEventListener("scroll", () => note({ scrolled: list.scrollTop > 8 }), { passive: true });
}

/** A timer that starts anew whenever it is set, and is none with null. @param {() => void} run */
function later(run) {
  /** @type {any} */
  let timer = null;
  return (/** @type {number|null} */ ms) => {
    clearTimeout(timer);
    if (ms !== null) timer = setTimeout(run, ms);
  };
}

/**
 * The rows to draw, and how many more there would be.
 * @template {{id: string}} R
 * @param {R[]} wanted  what there would be now
 * @param {string[]|null} held  ids on screen while the list holds still, or null
 * @param {(id: string) => R|undefined} get
 * @returns {{rows: R[], fresh: number}}
 */
export function heldStill(wanted, held, get) {
  if (!held) return { rows: wanted, fresh: 0 };
  const kept = new Set(held);
  const rows = held.map(get).filter((row) => row !== undefined);
  return { rows, fresh: wanted.filter((row) => !kept.has(row.id)).length };
}
