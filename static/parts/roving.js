/**
 * A list is one stop of Tab, however long: within it arrow keys go on. Up and down lead to the same button of the
 * row before and after, Home and End to that of the first and the last, left and right along a row.
 *
 * A row's own form and its fields stay stops, since arrows mean something else in them.
 */

const CONTROL = "a[href], button, summary, [data-card]";
const STEP = /** @type {Record<string, number>} */ ({ ArrowUp: -1, ArrowDown: 1, Home: -Infinity, End: Infinity });
const ALONG = /** @type {Record<string, number>} */ ({ ArrowLeft: -1, ArrowRight: 1 });

/** @param {HTMLElement} list whose rows are the outermost `li` in it, whoever draws them */
export function roving(list) {
  /** The stop, the row it stands in, and whether focus is on it. @type {HTMLElement|null} */
  let stop = null;
  let at = 0;
  let had = false;

  const controls = (/** @type {Element} */ row = list) =>
    /** @type {HTMLElement[]} */ ([...row.querySelectorAll(CONTROL)].filter((one) => !one.closest("form")));
  const seen = (/** @type {Element} */ row) => controls(row).filter((one) => one.checkVisibility());
  const isRow = (/** @type {Element} */ row) => rowOf(row) === row && controls(row).some((one) => one.checkVisibility());
  const rows = () => [...list.querySelectorAll("li")].filter(isRow);

  /** The row at a place, or the last one. @param {number} place */
  function rowAt(place) {
    let last = null;
    for (const row of list.querySelectorAll("li")) {
      if (!isRow(row)) continue;
      last = row;
      if (place-- <= 0) break;
    }
    return last;
  }

  /** @param {Element} inside */
  function rowOf(inside) {
    let row = inside.closest("li");
    for (let outer = row; outer && list.contains(outer); outer = outer.parentElement?.closest("li") ?? null) row = outer;
    return row;
  }

  /** One control alone is a stop. @param {HTMLElement[]} [among] those that may not know yet: a list that much is said in is not walked each time */
  function settle(among = controls()) {
    const before = stop;
    if (!stop || !list.contains(stop) || !stop.checkVisibility()) replace();
    for (const one of [...among, before, stop])
      if (one && one.tabIndex !== (one === stop ? 0 : -1)) one.tabIndex = one === stop ? 0 : -1;
  }

  /** Those that were drawn just now. @param {MutationRecord[]} records */
  const drawn = (records) =>
    records.flatMap(({ addedNodes }) => [...addedNodes]).flatMap((node) => {
      const one = node instanceof HTMLElement ? node : null;
      return one ? [...(one.matches(CONTROL) && !one.closest("form") ? [one] : []), ...controls(one)] : [];
    });

  /** It went: what stands in its place now takes the focus that it had. */
  function replace() {
    const row = rowAt(at);
    const there = row ? seen(row) : [];
    stop = there.find((one) => one.matches(".button:not(.is-quiet)")) ?? there[0] ?? null;
    if (had && document.activeElement === document.body)
      (stop ?? /** @type {HTMLElement|null} */ (list.closest("[tabindex]")))?.focus({ preventScroll: true });
  }

  /** @param {HTMLElement} control */
  function go(control) {
    stop = control;
    settle();
    control.focus();
    control.scrollIntoView({ block: "nearest" });
  }

  /** @param {KeyboardEvent} event */
  function key(event) {
    const { key, target } = event;
    const from = /** @type {HTMLElement} */ (target);
    const row = rowOf(from);
    if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
    if (!row || !list.contains(row) || from.closest("form") || from.matches("select")) return;
    const to = key in STEP ? across(row, from, STEP[key]) : key in ALONG ? along(row, from, ALONG[key]) : null;
    if (!to) return;
    event.preventDefault();
    go(to);
  }

  /** @param {Element} row @param {HTMLElement} from @param {number} step */
  function across(row, from, step) {
    const all = rows();
    const place = Math.max(0, Math.min(all.length - 1, all.indexOf(/** @type {HTMLLIElement} */ (row)) + step));
    const there = seen(all[place]);
    return there.find((one) => one.dataset.act && one.dataset.act === from.dataset.act) ?? there[Math.max(0, seen(row).indexOf(from))] ?? there[0];
  }

  /** @param {Element} row @param {HTMLElement} from @param {number} step */
  const along = (row, from, step) => seen(row)[seen(row).indexOf(from) + step];

  list.addEventListener("keydown", key);
  list.addEventListener("focusin", ({ target }) => {
    const control = /** @type {HTMLElement} */ (target);
    had = true;
    at = Math.max(0, rows().findIndex((row) => row.contains(control)));
    if (controls().includes(control)) stop = control;
    settle();
  });
  // not at once: what is taken away with the focus on it has had it
  list.addEventListener("focusout", () => void setTimeout(() => (had = list.contains(document.activeElement))));
  new MutationObserver((records) => settle(drawn(records))).observe(list, { childList: true, subtree: true });
  settle();
}
