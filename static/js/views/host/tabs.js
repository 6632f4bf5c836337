/**
 * Where there is no room for all panels: which one is shown, with what waits in the others.
 *
 * @typedef {import("./parts.js").Host} Host
 * @typedef {import("./ui.js").Tab} Tab
 */

import { html, nothing, render } from "../../lib/dom.js";
import { t } from "../../i18n.js";
import { arrivals } from "./arrivals.js";

/** @type {Tab[]} */
const TABS = ["desk", "board", "polls", "chat"];

/** @param {HTMLElement} root @param {HTMLElement} main @param {Host} host */
export function tabsPanel(root, main, host) {
  return {
    draw() {
      const { tab } = host.ui.now;
      main.dataset.tab = tab;
      const waiting = waitingIn(host);
      render(TABS.map((name) => drawTab(name, name === tab, waiting[name], host)), root);
    },
  };
}

/** @param {Host} host @returns {Record<Tab, number>} */
function waitingIn({ store }) {
  const people = /** @type {import("../stage/records.js").Person[]} */ (store.all("person"));
  const held = store.all("question").filter((question) => ["held", "open"].includes(question.state));
  const open = store.all("poll").filter((poll) => poll.state === "open");
  const toGreet = arrivals(people, { all: false, search: "", order: "arrival" });
  return { desk: toGreet.length, board: held.length, polls: open.length, chat: 0 };
}

/** @param {Tab} name @param {boolean} current @param {number} waiting @param {Host} host */
function drawTab(name, current, waiting, host) {
  return html`<button type="button" class="tab" aria-current=${current ? "true" : nothing} @click=${() => host.ui.set({ tab: name })}>
    ${t(`host.tab.${name}`)}${waiting ? html` <span class="count">${waiting > 99 ? "99+" : waiting}</span>` : nothing}
  </button>`;
}
