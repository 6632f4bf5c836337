/**
 * Whether somebody is at a list: points at it, has focus in it, touched it a moment ago or scrolled down.
 */

/** A finger leaves no pointer behind; this long after a touch the next one may still follow. */
const TOUCH_MS = 4000;

/** @param {HTMLElement} list @param {(held: boolean) => void} changed */
export function hold(list, changed) {
  const reasons = { points: false, focus: false, touch: false, scrolled: false };
  /** @type {any} */
  let touched = null;
  let was = false;

  /** @param {Partial<typeof reasons>} change */
  function note(change) {
    Object.assign(reasons, change);
    const held = Object.values(reasons).some(Boolean);
    if (held === was) return;
    was = held;
    changed(held);
  }

  function touch() {
    clearTimeout(touched);
    touched = setTimeout(() => note({ touch: false }), TOUCH_MS);
    note({ touch: true });
  }

  list.addEventListener("pointerenter", (event) => event.pointerType === "mouse" && note({ points: true }));
  list.addEventListener("pointerleave", () => note({ points: false }));
  list.addEventListener("pointerdown", (event) => event.pointerType !== "mouse" && touch());
  list.addEventListener("focusin", () => note({ focus: true }));
  list.addEventListener("focusout", () => note({ focus: false }));
  list.addEventListener("scroll", () => note({ scrolled: list.scrollTop > 8 }), { passive: true });
}
