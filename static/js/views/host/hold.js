/**
 * Whether somebody is at a list: points at it, has focus in it, touched it a moment ago or scrolled down.
 *
 * @typedef {{whole?: boolean, idle?: number}} Manner  `whole`: focus and scrolling count too; `idle`: ms after
 *   which a mouse that does not move is only lying there
 */

/** A finger leaves no pointer behind; this long after a touch the next one may still follow. */
const TOUCH_MS = 4000;

/** @param {HTMLElement} list @param {(held: boolean) => void} changed @param {Manner} [manner] */
export function hold(list, changed, { whole = true, idle = 0 } = {}) {
  const reasons = { points: false, focus: false, touch: false, scrolled: false };
  let was = false;

  /** @param {Partial<typeof reasons>} change */
  function note(change) {
    Object.assign(reasons, change);
    const held = Object.values(reasons).some(Boolean);
    if (held === was) return;
    was = held;
    changed(held);
  }

  const touchEnds = later(() => note({ touch: false }));
  const idles = later(() => note({ points: false }));

  /** @param {PointerEvent} event */
  function pointed(event) {
    if (event.pointerType !== "mouse") return;
    note({ points: true });
    if (idle) idles(idle);
  }

  list.addEventListener("pointerenter", pointed);
  if (idle) list.addEventListener("pointermove", pointed);
  list.addEventListener("pointerleave", () => note({ points: false }));
  list.addEventListener("pointerdown", (event) => {
    if (event.pointerType === "mouse") return;
    note({ touch: true });
    touchEnds(TOUCH_MS);
  });
  if (!whole) return;
  list.addEventListener("focusin", () => note({ focus: true }));
  list.addEventListener("focusout", () => note({ focus: false }));
  list.addEventListener("scroll", () => note({ scrolled: list.scrollTop > 8 }), { passive: true });
}

/** A timer that starts anew whenever it is set. @param {() => void} run */
function later(run) {
  /** @type {any} */
  let timer = null;
  return (/** @type {number} */ ms) => {
    clearTimeout(timer);
    timer = setTimeout(run, ms);
  };
}
