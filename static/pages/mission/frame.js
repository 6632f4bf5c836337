/**
 * The frame of a participant's page: whose mission it is, the tabs, and the places where the parts draw
 * themselves. Which tab is open stands in the address.
 */

import { currentLang, isolated, t } from "../../app/i18n.js";
import { byId, html, keepReachable, nothing, render } from "../../app/lib/dom.js";
import { survive } from "../../app/lib/failsafe.js";
import { wear } from "../../mission/mission/look.js";
import { daysText } from "../../mission/programme/week.js";
import { icon } from "../../parts/icon.js";
import { createRoom } from "../../parts/room.js";
import { createAddress, leads } from "./address.js";
import { TABS } from "./tabs.js";

/** @typedef {import("./tabs.js").Tab} Tab */
/** @typedef {import("../../app/store.js").Store} Store */
/** @typedef {import("../../app/store.js").Item} Item */
/** @typedef {import("../../app/enter.js").Identity} Identity */
/** @typedef {(room: Room) => import("../../app/views.js").View} Create */
/**
 * @typedef {import("../../parts/room.js").Base & {identity: Identity, id: string,
 *   address: import("./address.js").Address, tab: () => string, me: () => Item|undefined, mission: () => Item|undefined,
 *   add: (parts: [string, Create][]) => void}} Room
 */

/** What is on now, and when, is told anew so often. */
const MINUTE_MS = 30_000;
/** More than that is many. */
const COUNTED = 99;

/**
 * @param {HTMLElement} root
 * @param {{store: Store, identity: Identity, setLang: (lang: string) => Promise<void>}} given
 * @returns {Room}
 */
export function createFrame(root, { store, identity, setLang }) {
  let shown = "";
  let shownLead = "";

  const narrow = matchMedia("(max-width: 52rem)");
  const address = createAddress(() => draw(true));
  const tab = () => TABS.find(({ name }) => name === address.words().get("tab"))?.name ?? TABS[0].name;
  const id = store.topic.split("/")[1];

  const own = {
    identity,
    id,
    address,
    tab,
    me: () => store.get("participant", store.you?.id ?? identity.you.id),
    mission: () => store.get("mission", id),
  };
  const { room, draw } = createRoom(own, { store, setLang, drawFrame: () => survive("frame", drawFrame) });

  function drawFrame() {
    const mission = room.mission();
    const n = TABS.reduce((sum, { count }) => sum + (count?.(store) ?? 0), 0);
    const title = `${n ? `(${n}) ` : ""}${t(`mission.tab.${tab()}`)} · ${isolated(mission?.title ?? t("mission.title"))}`;
    if (title !== document.title) document.title = title;
    wear(mission?.accent ?? "", document.documentElement);
    const open = tab();
    render(frame(room, mission, open), root);
    // where a lead takes the place of what led to it, it begins at its head
    const lead = narrow.matches ? (address.words().get("lead") ?? "") : "";
    if (shown && (shown !== open || (lead && shownLead !== lead))) scrollTo(0, 0);
    shown = open;
    shownLead = lead;
  }

  document.addEventListener("visibilitychange", () => draw(true));
  setInterval(() => draw(true), MINUTE_MS);
  drawFrame();
  keepReachable(byId("place-toasts"));
  return room;
}

/** @param {Room} room @param {Item|undefined} mission @param {string} open */
function frame(room, mission, open) {
  return html`<a class="skip button" href="#panel-${open}">${t("mission.skip")}</a>
    <header class="mission-top">
      <div class="mission-name">
        <h1><bdi dir="auto">${mission?.title ?? t("mission.title")}</bdi></h1>
        <p class="soft mission-days">${mission ? daysText(mission, currentLang()) : t("mission.loading")}</p>
      </div>
      <nav class="mission-tabs" aria-label=${t("mission.tabs")}>${TABS.map((one) => tabLink(room, one, open))}</nav>
      <div id="place-menu" class="mission-menu"></div>
    </header>
    <main>
      ${TABS.map(
        ({ name }) =>
          html`<div class="mission-panel" id="panel-${name}" tabindex="-1" ?hidden=${name !== open}>
            <div id="place-${name}"></div>
          </div>`,
      )}
    </main>
    <div id="place-toasts" class="toasts" translate="no" role="region" aria-label=${t("mission.toasts")}></div>
    <div id="place-card"></div>
    <div id="place-bar" role="region" aria-label=${t("mission.link")}></div>`;
}

/** @param {Room} room @param {Tab} tab @param {string} open */
function tabLink({ address, store }, { name, icon: drawing, count, aside }, open) {
  const words = new URLSearchParams(name === TABS[0].name ? {} : { tab: name });
  const n = count?.(store) ?? 0;
  return html`<a
    class="mission-tab ${aside ? "is-aside" : ""}"
    href=${address.href(words)}
    aria-current=${/** @type {any} */ (name === open ? "page" : "false")}
    data-tab=${name}
    @click=${leads(address, words)}
    >${icon(drawing)}<span>${t(`mission.tab.${name}`)}</span>${n ? html` <span class="count">${n > COUNTED ? `${COUNTED}+` : n}<span class="unseen"> ${t("mission.tab.new")}</span></span>` : nothing}</a
  >`;
}
