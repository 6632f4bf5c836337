/** Every name of somebody opens their card: by a press, by Enter, and wherever it stands. */

/** @param {(id: string) => void} open */
export function listenNames(open) {
  /** @param {MouseEvent|KeyboardEvent} event */
  function pressed(event) {
    const name = /** @type {HTMLElement|null} */ (/** @type {Element} */ (event.target).closest("[data-card]"));
    if (!name || (event instanceof KeyboardEvent && event.key !== "Enter" && event.key !== " ")) return;
    event.preventDefault();
    // where the dialog gives the focus back to
    name.focus({ preventScroll: true });
    open(name.dataset.card ?? "");
  }
  document.addEventListener("click", pressed);
  document.addEventListener("keydown", pressed);
}
