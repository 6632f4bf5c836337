/** One tab at a time: each comes when it is first opened, and draws while somebody looks at it. */

import { t } from "../../app/i18n.js";
import { byId, html, render } from "../../app/lib/dom.js";
import { TABS } from "./tabs.js";

/** @typedef {import("./frame.js").Organiser} Organiser */
/** @typedef {import("../../app/views.js").View} View */
/** @typedef {import("./tabs.js").Tab} Tab */

/** @param {import("../../app/views.js").Views} views @param {() => Organiser} room @param {() => void} draw the frame */
export function createOpening(views, room, draw) {
  /** Those that were opened, and are here. @type {Set<Tab>} */
  const made = new Set();
  let tab = wanted();

  /** @param {Tab} name @param {boolean} [focus] */
  async function open(name, focus = false) {
    tab = name;
    const url = new URL(location.href);
    url.searchParams.set("tab", name);
    history.replaceState(history.state, "", url);
    draw();
    if (!made.has(name)) await make(name);
    views.update(true);
    if (focus) byId(`place-${name}`).focus();
  }

  /** @param {Tab} name */
  async function make(name) {
    try {
      const { create } = await TABS[name]();
      if (made.has(name)) return;
      made.add(name);
      views.add(name, () => onlyOpen(name, create(room())));
    } catch {
      // a line that broke; the rest goes on
      render(drawFailed(() => void open(name)), byId(`place-${name}`));
    }
  }

  /** @param {Tab} name @param {View} view @returns {View} */
  function onlyOpen(name, view) {
    return {
      of: view.of,
      also: () => (tab === name ? view.also?.() : "elsewhere"),
      update: () => (tab === name ? view.update() : undefined),
      redraw: () => view.redraw?.(),
    };
  }

  return { open, tab: () => tab };
}

/** @param {() => void} again */
const drawFailed = (again) => html`<p class="failed" role="status">
  ${t("broken.part")}
  <button type="button" class="button is-small is-quiet" @click=${again}>${t("broken.again")}</button>
</p>`;

/** What the address asks for. @returns {Tab|null} */
function wanted() {
  const asked = /** @type {Tab|null} */ (new URLSearchParams(location.search).get("tab"));
  return asked && asked in TABS ? asked : null;
}
