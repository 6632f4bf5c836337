/**
 * The frame of a mission's page: its title, and the places where its parts draw themselves.
 */

import { t } from "../../app/i18n.js";
import { byId, html, render } from "../../app/lib/dom.js";
import { Views } from "../../app/views.js";
import { createToasts } from "../../parts/toasts.js";

/** @typedef {import("../../app/store.js").Store} Store */
/** @typedef {import("../../app/enter.js").Identity} Identity */
/** @typedef {(room: Room) => import("../../app/views.js").View} Create */
/**
 * @typedef {object} Room  what every part of a mission's pages works with
 * @property {Store} store  the mission's records
 * @property {Identity} identity
 * @property {string} mission  its id
 * @property {string} as  the key of this identity, for addresses of other pages
 * @property {(name: string) => HTMLElement} place  where a part draws
 * @property {ReturnType<typeof createToasts>} toasts
 * @property {(lang: string) => Promise<void>} setLang
 * @property {() => void} update  draw anew what shows anything
 * @property {(parts: [string, Create][]) => void} add
 */

/**
 * @param {HTMLElement} root
 * @param {{store: Store, identity: Identity, setLang: (lang: string) => Promise<void>, places: string[]}} given
 * @returns {Room}
 */
export function createFrame(root, { store, identity, setLang, places }) {
  const place = (/** @type {string} */ name) => byId(`place-${name}`);
  const views = new Views(store, place);
  const mission = identity.mission ?? "";
  /** @type {Room} */
  const room = {
    store,
    identity,
    mission,
    as: identity.as,
    place,
    toasts: createToasts(byId("toasts")),
    setLang: async (lang) => {
      await setLang(lang);
      draw();
      views.redraw();
    },
    update: () => views.update(true),
    add: (parts) => parts.forEach(([name, create]) => views.add(name, () => create(room))),
  };

  function draw() {
    const title = store.get("mission", mission)?.title ?? "";
    document.title = title || t("index.eyebrow");
    render(
      html`<main class="plain">
        <p class="eyebrow">${t("index.eyebrow")}</p>
        <h1><bdi dir="auto">${title}</bdi></h1>
        ${places.map((name) => html`<div id=${`place-${name}`}></div>`)}
      </main>`,
      root,
    );
  }
  draw();
  store.subscribe(() => (draw(), views.update()));
  return room;
}
