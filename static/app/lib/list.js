/**
 * A keyed list: one element per record, drawn again only when a field of it became another.
 *
 * lit-html alone would re-use elements by place, so focus, scroll and animations would jump to a neighbour.
 */

import { render } from "./dom.js";
import { failedRow, show } from "./failsafe.js";

/**
 * @template {{id: string}} R
 * @typedef {{draw: (record: R) => unknown, tag?: string, key?: (record: R) => string,
 *   row?: (element: HTMLElement, record: R) => void, whole?: boolean}} ListOptions
 * `draw` gives a row's inside; `row` sets classes and attributes of the row's element itself. A row that cannot
 * be drawn says so; with `whole`, the list is left as it was and the fault is the caller's.
 */

/**
 * @template {{id: string}} R
 * @param {HTMLElement} container an element that nothing else draws into
 * @param {ListOptions<R>} options
 */
export function keyedList(container, { draw, row, tag = "li", key = (record) => record.id, whole = false }) {
  /** @type {Map<string, {element: HTMLElement, record: R}>} */
  let rows = new Map();

  /** @param {HTMLElement} element @param {R} record */
  function into(element, record) {
    const inside = () => (row?.(element, record), draw(record));
    if (whole) render(inside(), element);
    else show(element, inside, failedRow);
  }

  /** @param {R} record */
  function drawn(record) {
    const known = rows.get(key(record));
    if (known && isSame(known.record, record)) return known;
    const element = known?.element ?? document.createElement(tag);
    into(element, record);
    return { element, record };
  }

  return {
    /**
     * Show these records, in this order.
     * @param {Iterable<R>} records
     */
    update(records) {
      /** @type {typeof rows} */
      const next = new Map();
      for (const record of records) next.set(key(record), drawn(record));
      for (const [id, { element }] of rows) if (!next.has(id)) element.remove();
      rows = next;
      arrange(
        container,
        [...next.values()].map(({ element }) => element),
      );
    },

    /** Draw every row again: for another language, or a minute that passed. */
    redraw() {
      for (const { element, record } of rows.values()) into(element, record);
    },

    /** @param {string} id */
    element(id) {
      return rows.get(id)?.element ?? null;
    },
  };
}

/**
 * Put elements in order with as few moves as a walk finds; an element that is moved gets its focus back.
 * @param {HTMLElement} container
 * @param {HTMLElement[]} elements
 */
function arrange(container, elements) {
  const focused = document.activeElement;
  /** @type {Element|null} */
  let place = container.firstElementChild;
  for (const element of elements) {
    if (element === place) place = place.nextElementSibling;
    else container.insertBefore(element, place);
  }
  if (focused !== document.activeElement && focused instanceof HTMLElement && container.contains(focused)) {
    focused.focus({ preventScroll: true });
  }
}

/**
 * Rows are often made anew on every change; one with the same fields draws the same.
 * @param {Record<string, any>} a
 * @param {Record<string, any>} b
 */
function isSame(a, b) {
  const keys = Object.keys(b);
  return a === b || (keys.length === Object.keys(a).length && keys.every((key) => a[key] === b[key]));
}
