/**
 * The address of this page: which tab, what is looked for, whose card is open; so it can be sent on, and Back
 * leads back. What says who one is, and in which language, stays as it is.
 *
 * @typedef {{words: () => URLSearchParams, with: (changes: Record<string, string|null>) => URLSearchParams,
 *   href: (words: URLSearchParams) => string, go: (words: URLSearchParams, how?: {replace?: boolean}) => void}} Address
 */

const KEPT = ["as", "lang"];

/** @param {() => void} changed the address is another, by us or by who went back @returns {Address} */
export function createAddress(changed) {
  const words = () => {
    const all = new URLSearchParams(location.search);
    for (const name of KEPT) all.delete(name);
    return all;
  };

  /** @param {URLSearchParams} wanted */
  function href(wanted) {
    const given = new URLSearchParams(location.search);
    const all = new URLSearchParams(KEPT.flatMap((name) => (given.has(name) ? [[name, given.get(name) ?? ""]] : [])));
    for (const [name, value] of wanted) all.append(name, value);
    return `${location.pathname}${all.size ? `?${all}` : ""}`;
  }

  addEventListener("popstate", () => changed());
  return {
    words,
    with(changes) {
      const all = words();
      for (const [name, value] of Object.entries(changes)) {
        all.delete(name);
        if (value !== null) all.set(name, value);
      }
      return all;
    },
    href,
    go(wanted, { replace = false } = {}) {
      const there = href(wanted);
      if (there === `${location.pathname}${location.search}`) return;
      if (replace) history.replaceState(history.state, "", there);
      else history.pushState(null, "", there);
      changed();
    },
  };
}

/** Have a press lead there without the page being loaded anew; a press that means another tab of the browser
 * leads there itself. @param {Address} address @param {URLSearchParams} words */
export const leads = (address, words) => (/** @type {MouseEvent} */ event) => {
  if (event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  address.go(words);
};
