/**
 * The way back in a list of messages: older ones come as one nears its beginning, or asks for them by a button.
 *
 * What one reads stays where it is, whatever comes or goes above it. Not all that are held are drawn: a browser
 * goes through all lines of a list whenever one is added.
 */

import { currentLang, t } from "../../app/i18n.js";
import { announce, html, nothing, render } from "../../app/lib/dom.js";
import { byPlace } from "../../app/older.js";

/** @typedef {import("../../app/store.js").Item} Item */
/** @typedef {Pick<import("../../app/store.js").Store, "all"|"older"|"fetchOlder"|"keepNewest">} Source */

/** Nearer to the beginning than this, older ones are fetched. */
const NEAR_PX = 200;
/** More than these are not kept for somebody who reads along at the end. */
const MOST = 500;
const KEPT = 300;
/** So many are drawn for them, and so many more at each step back; from the second number on, these again. */
const DRAWN = 100;
const DRAWN_MOST = 150;

/**
 * @param {HTMLElement} scroller can have the focus
 * @param {HTMLElement} place above the list, for the button
 * @param {HTMLElement} list
 * @param {Source} store
 * @param {() => void} redraw the view that this is part of
 */
export function wayBack(scroller, place, list, store, redraw) {
  const older = store.older("message");
  /** The first one that is drawn. @type {Item|undefined} */
  let first;
  /** @type {Item|undefined} */
  let newest;
  // what is kept in its place here must not be moved by the browser as well
  scroller.style.overflowAnchor = "none";

  /** Of those that are held, how many are not drawn. */
  const above = () => {
    const at = first ? store.all("message").findIndex((one) => byPlace(/** @type {any} */ (one), /** @type {any} */ (first)) >= 0) : -1;
    return at < 0 ? Math.max(0, store.all("message").length - DRAWN) : at;
  };

  /** @param {boolean} isFollowing */
  function shown(isFollowing) {
    const messages = store.all("message");
    const isNews = messages.at(-1) !== newest;
    newest = messages.at(-1);
    const at = above();
    const isLong = isFollowing && isNews && messages.length - at > DRAWN_MOST;
    const from = isLong ? messages.length - DRAWN : at;
    first = messages[from];
    return messages.slice(from);
  }

  async function load() {
    if (!above()) await store.fetchOlder("message");
    const came = Math.min(above(), DRAWN);
    if (!came) return;
    first = store.all("message")[above() - came];
    redraw();
    announce(t("chat.older_came", { n: came }));
  }

  function button() {
    const isLoading = older.state === "loading";
    const word = isLoading ? "chat.older_loading" : older.state === "failed" ? "chat.older_failed" : "chat.older";
    return html`<button
      type="button"
      class="button is-small is-quiet"
      aria-disabled=${isLoading}
      @click=${() => void load()}
    >
      ${t(word)}
    </button>`;
  }

  let drawn = "";

  function draw() {
    const now = [older.state, older.isMore || above() > 0, older.isBeginning, currentLang()].join();
    if (now === drawn) return;
    drawn = now;
    const had = place.contains(document.activeElement);
    const beginning = older.isBeginning ? html`<p>${t("chat.beginning")}</p>` : nothing;
    render(older.isMore || above() ? button() : beginning, place);
    // the button went with the last page: who pressed it by key reads on from here
    if (had && !place.contains(document.activeElement)) scroller.focus({ preventScroll: true });
  }

  scroller.addEventListener(
    "scroll",
    () => {
      const isNear = scroller.scrollTop < NEAR_PX && scroller.scrollHeight > scroller.clientHeight + NEAR_PX;
      if (isNear && (older.isMore || above()) && older.state === "idle") void load();
    },
    { passive: true },
  );

  return {
    /** What it shows besides messages. */
    also: () => `${older.state} ${older.isMore}`,

    /** Who reads along at the end has no use for what was said long ago. */
    shorten() {
      if (store.all("message").length > MOST) store.keepNewest("message", KEPT);
    },

    /**
     * Draw the list, and what stands above it.
     * @param {(messages: readonly Item[]) => void} update
     * @param {boolean} isFollowing the end is what stays in view
     */
    update(update, isFollowing) {
      const anchor = isFollowing ? null : firstInView(list, scroller.getBoundingClientRect().top);
      const top = anchor?.getBoundingClientRect().top ?? 0;
      const messages = shown(isFollowing);
      draw();
      update(messages);
      if (anchor?.isConnected) scroller.scrollTop += anchor.getBoundingClientRect().top - top;
    },
  };
}

/**
 * @param {HTMLElement} list of rows, one below the other
 * @param {number} top
 * @returns {Element|null}
 */
function firstInView(list, top) {
  let [first, end] = [0, list.children.length];
  while (first < end) {
    const middle = (first + end) >> 1;
    if (list.children[middle].getBoundingClientRect().bottom > top) end = middle;
    else first = middle + 1;
  }
  return list.children[first] ?? null;
}
