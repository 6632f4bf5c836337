/** Movement that explains: rows close up after those that went, a card comes from where it was. None where less is asked for. */

import { isCalm } from "../app/lib/dom.js";

const HOW = { duration: 300, easing: "cubic-bezier(0.2, 0.8, 0.3, 1)" };
/** More rows than are in sight. */
const ROWS = 40;

/** @param {HTMLElement} list @param {() => void} change of its rows */
export function closeUp(list, change) {
  if (isCalm()) return change();
  const before = new Map(rowsOf(list).map((row) => [row, row.offsetTop]));
  change();
  for (const row of rowsOf(list)) {
    const by = (before.get(row) ?? row.offsetTop) - row.offsetTop;
    if (by) row.animate({ translate: [`0 ${by}px`, "0 0"] }, HOW);
  }
}

/** @param {HTMLElement} list */
const rowsOf = (list) => /** @type {HTMLElement[]} */ ([...list.children].slice(0, ROWS));

/** What is under way takes no press from what lies below it. @param {HTMLElement} card @param {DOMRect|undefined} from */
export function comeFrom(card, from) {
  if (!from || isCalm()) return;
  const to = card.getBoundingClientRect();
  const way = `${from.left - to.left}px ${from.top - to.top}px`;
  card.style.pointerEvents = "none";
  card.animate({ translate: [way, "0 0"], opacity: [0.4, 1] }, HOW).onfinish = () => card.style.removeProperty("pointer-events");
}
