/** The head of the organisers' page: whose mission it is, how one is linked, the tabs. */

import { currentLang, formatNumber, t } from "../../app/i18n.js";
import { html, nothing } from "../../app/lib/dom.js";
import { applyTheme, pref, setPref } from "../../app/lib/prefs.js";
import { pictureOf } from "../../mission/mission/appearance.js";
import { beforeFirst, newsOfHttp } from "../../parts/linked.js";
import { icon } from "../../parts/icon.js";
import { contrast } from "../../vendor/icons.js";
import { look } from "./looked.js";
import { TABS } from "./tabs.js";

/** @typedef {import("./frame.js").Organiser} Organiser */
/** @typedef {import("./tabs.js").Tab} Tab */
/** @typedef {import("../../app/store.js").Store} Store */
/** @typedef {import("../../mission/records.js").Mission} Mission */

/** @param {{mission: Mission|undefined, store: Store, room: Organiser, turnLang: () => Promise<void>}} page */
export function drawTop({ mission, store, room, turnLang }) {
  const other = currentLang() === "nl" ? "en" : "nl";
  return html`<div class="brand">
      ${mission?.picture ? html`<img class="brand-picture" src=${pictureOf(mission)} alt="" />` : nothing}
      <div>
        ${mission?.brand ? html`<p class="brand-text"><bdi dir="auto" .textContent=${mission.brand}></bdi></p>` : nothing}
        <h1>${mission ? html`<bdi dir="auto" .textContent=${mission.title}></bdi>` : t("organise.title")}</h1>
      </div>
    </div>
    ${drawLink(store)}
    <div class="top-acts">
      <a class="button is-small is-quiet" href="/mission/${room.mission}?as=${room.as}" target="_blank" @click=${() => look(room)} @auxclick=${() => look(room)}>${t("organise.as_participant")}</a>
      <button type="button" class="icon-button" aria-label=${t("organise.theme")} title=${t("organise.theme")} @click=${turnTheme}>${icon(contrast)}</button>
      <button type="button" class="icon-button" aria-label=${t(`organise.lang.${other}`)} lang=${other} @click=${() => void turnLang()}>${other.toUpperCase()}</button>
    </div>`;
}

/** Said only while it is not as it should be. @param {Store} store */
function drawLink({ link, connection, isSlow, position }) {
  if (!position) return html`<span class="link-note" role="status">${beforeFirst(connection)}</span>`;
  const said = link.state !== "live" ? t(`organise.link.${link.state}`) : isSlow ? t("organise.link.slow") : newsOfHttp(connection);
  return said ? html`<span class="link-note" role="status">${said}</span>` : html`<span class="link-note"></span>`;
}

/** @param {Tab|null} tab @param {Organiser} room */
export const drawTabs = (tab, room) =>
  html`${/** @type {Tab[]} */ (Object.keys(TABS))
    .filter((name) => name !== "reported" || tab === name || reported(room))
    .map(
      (name) => html`<button type="button" class="tab" data-tab=${name} aria-current=${name === tab ? "page" : nothing} @click=${() => room.open(name)}>${t(`organise.tab.${name}`)}${WAITING[name]?.(room) ?? nothing}</button>`,
    )}`;

/** Of messages there is hardly ever one: the tab is there when there is. @param {Organiser} room */
const reported = ({ store }) => store.all("reported").filter(({ text }) => text !== undefined).length;

/** What waits in a tab. @type {Partial<Record<Tab, (room: Organiser) => unknown>>} */
const WAITING = {
  people: ({ people }) => drawWaiting(people.waiting, "organise.waiting"),
  reported: (room) => drawWaiting(reported(room), "organise.reported.waiting"),
};

/** @param {number} n @param {string} said what so many of are there */
const drawWaiting = (n, said) => (n ? html` <span class="badge is-new tab-waiting" aria-hidden="true">${formatNumber(n)}</span><span class="unseen">, ${t(said, { n })}</span>` : nothing);

/** The other one than is seen now. */
function turnTheme() {
  const theme = pref("theme", "auto");
  const dark = theme === "auto" ? matchMedia("(prefers-color-scheme: dark)").matches : theme === "dark";
  setPref("theme", dark ? "light" : "dark");
  applyTheme();
}
