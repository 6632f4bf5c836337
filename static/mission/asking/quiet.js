/** Whether somebody is to be left alone just now. Pure but for the page it looks at. */

/** So long after the last letter somebody is writing still. */
export const WRITES_MS = 5_000;

const FIELD = "textarea, input:not([type=radio], [type=checkbox], [type=search])";

/** In the picture, or next. @param {{all: (kind: string) => readonly {[field: string]: any}[]}} session its store */
export const isOnStage = (session) =>
  session.all("question").some(({ mine, state }) => mine && (state === "live" || state === "on_deck"));

export function createQuiet() {
  let wrote = -Infinity;
  /** @type {{x: number, y: number}|null} */
  let pointer = null;
  addEventListener("input", () => (wrote = performance.now()), true);
  addEventListener("pointermove", ({ pointerType, clientX: x, clientY: y }) => (pointer = pointerType === "mouse" ? { x, y } : null), { passive: true });

  return {
    /** Words begun, or a dialog that is open, are not to be spoken over. */
    isBusy() {
      const field = document.activeElement;
      const begun = field instanceof HTMLElement && field.matches(FIELD) && /** @type {HTMLInputElement} */ (field).value !== "";
      return begun || performance.now() - wrote < WRITES_MS || Boolean(document.querySelector("dialog[open]"));
    },
    /** Whether the pointer is where something would appear. @param {DOMRect} box */
    isUnder: ({ left, right, top, bottom }) =>
      pointer !== null && pointer.x >= left && pointer.x <= right && pointer.y >= top && pointer.y <= bottom,
  };
}
