/**
 * Dragging a question to another place in the line, by its handle. Optional: the arrows do the same.
 *
 * @typedef {import("../../pages/host.js").Host} Host
 */

import { beforeWhenDropped } from "./groups.js";
import { stageOf } from "./acts.js";

/** @param {HTMLElement} list the cards of the line @param {Host} host */
export function dragLine(list, host) {
  /** @type {string|null} */
  let dragged = null;

  list.addEventListener("dragstart", (event) => {
    const card = cardAt(event);
    if (!card || !event.dataTransfer) return event.preventDefault();
    dragged = card.dataset.question ?? null;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", "");
    event.dataTransfer.setDragImage(card, 12, 12);
  });
  list.addEventListener("dragover", (event) => {
    if (!dragged) return;
    event.preventDefault();
    mark(list, cardAt(event), isLower(event));
  });
  list.addEventListener("drop", (event) => {
    const target = cardAt(event)?.dataset.question;
    event.preventDefault();
    const before = target && dragged && beforeWhenDropped(lineOf(host), dragged, target, isLower(event));
    if (before !== undefined) void host.acts.do("queue", { question: dragged, before });
  });
  list.addEventListener("dragend", () => {
    dragged = null;
    mark(list, null, false);
  });
}

/** @param {Host} host */
const lineOf = (host) => stageOf(host)?.queue ?? [];

/** @param {DragEvent} event @returns {HTMLElement|null} */
const cardAt = (event) => /** @type {HTMLElement} */ (event.target).closest(".card");

/** Whether the pointer is in the lower half of the card it is over. @param {DragEvent} event */
function isLower(event) {
  const box = cardAt(event)?.getBoundingClientRect();
  return box ? event.clientY > box.top + box.height / 2 : false;
}

/** @param {HTMLElement} list @param {HTMLElement|null} card @param {boolean} lower */
function mark(list, card, lower) {
  for (const other of list.children) {
    other.classList.toggle("is-drop-before", other === card && !lower);
    other.classList.toggle("is-drop-after", other === card && lower);
  }
}
