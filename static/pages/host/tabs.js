/**
 * Where there is no room for all panels: which one is shown, with what waits in the others. Where there is,
 * they are hidden until focus comes by: then they are the way past 300 arrivals to the next panel.
 *
 * @typedef {import("../../pages/host.js").Host} Host
 * @typedef {import("./ui.js").Tab} Tab
 */

import { byId, html, nothing, render } from "../../app/lib/dom.js";
import { t } from "../../app/i18n.js";
import { arrivals } from "../../session/people/arrivals.js";
import { actButton } from "../../parts/act.js";
import { answerLive, next, questionOf, stageOf } from "../../session/questions/acts.js";
import { headline } from "../../parts/card.js";

/** @type {Tab[]} */
const TABS = ["desk", "board", "polls", "chat"];

/** @param {Host} host */
export function create(host) {
  const [root, main] = [host.place("tabs"), host.place("panels")];
  return {
    of: ["person", "question", "poll", "stage"],
    update() {
      const { tab } = host.ui.now;
      main.dataset.tab = tab;
      const waiting = waitingIn(host);
      const live = questionOf(host, stageOf(host)?.live);
      render(
        html`${drawLive(live, host)}
        ${TABS.map((name) => drawTab(name, name === tab, waiting[name], host))}`,
        root,
      );
    },
  };
}

/** Who is live stays in sight while the host scrolls. @param {import("../../session/records.js").Question|undefined} live @param {Host} host */
function drawLive(live, host) {
  return html`<div class="live-strip">
    ${live ? html`<span class="badge is-live">${t("host.now.live")}</span>` : nothing}
    <strong><bdi dir="auto">${live ? headline(live.asker) : t("host.now.nobody_short")}</bdi></strong>
    ${actButton("answer", t("host.act.answer"), () => answerLive(host), { key: false, off: !live })}
    ${actButton("next", t("host.act.next"), () => next(host), { key: false })}
  </div>`;
}

/** @param {Host} host @returns {Record<Tab, number>} */
function waitingIn({ store }) {
  const people = /** @type {import("../../session/records.js").Person[]} */ (store.all("person"));
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
