/**
 * Where there is no room for all panels: which one is shown, with what waits in the others. Where there is,
 * they are hidden until focus comes by: then they are the way past 300 arrivals to the next panel.
 *
 * @typedef {import("./parts.js").Host} Host
 * @typedef {import("./ui.js").Tab} Tab
 */

import { byId, html, nothing, render } from "../../lib/dom.js";
import { t } from "../../i18n.js";
import { arrivals } from "./arrivals.js";
import { actButton, askerName } from "./parts.js";
import { next, questionOf, stageOf } from "./question_acts.js";

/** @type {Tab[]} */
const TABS = ["desk", "board", "polls", "chat"];

/** @param {HTMLElement} root @param {HTMLElement} main @param {Host} host */
export function tabsPanel(root, main, host) {
  // the strip with who is live comes when the panel that tells it has scrolled away
  new IntersectionObserver(([panel]) => root.classList.toggle("is-stuck", !panel.isIntersecting)).observe(
    byId("now"),
  );
  return {
    draw() {
      const { tab } = host.ui.now;
      main.dataset.tab = tab;
      const waiting = waitingIn(host);
      const live = questionOf(host, stageOf(host)?.live);
      render(
        html`${live ? drawLive(live, host) : nothing}
        ${TABS.map((name) => drawTab(name, name === tab, waiting[name], host))}`,
        root,
      );
    },
  };
}

/** Who is live stays in sight while the host scrolls. @param {import("../stage/records.js").Question} live @param {Host} host */
function drawLive(live, host) {
  return html`<p class="live-strip">
    <span class="badge is-live">${t("host.now.live")}</span>
    <strong>${askerName(live.asker)}</strong>
    ${actButton("next", t("host.act.next"), () => next(host), { key: false })}
  </p>`;
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
  const show = () => {
    host.ui.set({ tab: name });
    // drawn at once, because what is hidden takes no focus
    byId("panels").dataset.tab = name;
    byId(name).focus();
  };
  return html`<button type="button" class="tab" aria-current=${current ? "true" : nothing} @click=${show}>
    ${t(`host.tab.${name}`)}${waiting ? html` <span class="count">${waiting > 99 ? "99+" : waiting}</span>` : nothing}
  </button>`;
}
