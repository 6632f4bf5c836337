/**
 * What pages on which people stay have in common: parts that draw themselves in places of their own whatever
 * changes, and one line at the foot for a few seconds.
 *
 * @typedef {{store: import("../app/store.js").Store, toast: (text: string, refused?: boolean) => void,
 *   place: (name: string) => HTMLElement, isNarrow: () => boolean, setLang: (lang: string) => Promise<void>,
 *   update: () => void}} Base
 */

import { announce, byId } from "../app/lib/dom.js";
import { Views } from "../app/views.js";

const TOAST_MS = 5000;

/**
 * @template {object} M
 * @param {M} more  what this page's room has besides
 * @param {{store: Base["store"], setLang: Base["setLang"], drawFrame: () => void}} how
 */
export function createRoom(more, { store, setLang, drawFrame }) {
  const place = (/** @type {string} */ name) => byId(`place-${name}`);
  const views = new Views(store, place);
  const narrow = matchMedia("(max-width: 52rem)");

  /** @param {boolean} [whatever] changed, be it no record at all */
  function draw(whatever = false) {
    // the page now says why, in the place of all this
    if (store.link.state === "ended") return;
    drawFrame();
    views.update(whatever);
  }

  const room = {
    ...more,
    store,
    toast,
    place,
    isNarrow: () => narrow.matches,
    setLang: async (/** @type {string} */ lang) => {
      await setLang(lang);
      draw(true);
      views.redraw();
    },
    update: () => draw(true),
    add: (/** @type {[string, (room: any) => import("../app/views.js").View][]} */ parts) => {
      for (const [name, create] of parts) views.add(name, () => create(room));
      draw();
    },
  };
  narrow.addEventListener("change", () => draw(true));
  store.subscribe(draw);
  return { room, draw };
}

/**
 * A newer one takes its place.
 * @param {string} text
 * @param {boolean} [refused]
 */
function toast(text, refused = false) {
  const element = document.createElement("p");
  element.className = refused ? "toast is-refused" : "toast";
  element.textContent = text;
  byId("place-toasts").replaceChildren(element);
  announce(text);
  setTimeout(() => element.remove(), TOAST_MS);
}
