/** What hosts see of my week: what I did in its sessions, as they are told it when I come to the next one. */

import { formatTime, t } from "../../app/i18n.js";
import { html, nothing } from "../../app/lib/dom.js";
import { said } from "../../parts/text.js";

/** @typedef {import("../../pages/mission/frame.js").Room} Room */
/** @typedef {{session: string, came: number, asked: number|null, spoke: number|null, greeted: {name: string}|null}} Part */

/** @param {Room} room */
export function historyPanel({ store, identity }) {
  /** @type {Part[]} */
  const parts = store.get("history", store.you?.id ?? identity.you.id)?.parts ?? [];
  return html`<section class="panel me-history" aria-labelledby="me-history">
    <div class="panel-head"><h2 id="me-history">${t("me.history")}</h2></div>
    <p class="soft">${t("me.history.what")}</p>
    ${parts.length ? html`<ul class="my-history">${parts.map((part) => drawPart(part, titleOf(store, part.session)))}</ul>` : html`<p class="soft">${t("me.history.empty")}</p>`}
  </section>`;
}

/** Also of one that was taken out. @param {Room["store"]} store @param {string} session */
const titleOf = (store, session) => (store.get("slot", session) ?? store.get("cancelled", session))?.title ?? session;

/** @param {Part} part @param {string} title */
function drawPart({ came, asked, spoke, greeted }, title) {
  return html`<li>
    <span>${said(title)}</span>
    <span class="soft dots"
      ><span>${formatTime(came, { weekday: "short", day: "numeric", month: "short" })}</span>${greeted
        ? html`<span>${t("me.history.greeted", { name: greeted.name })}</span>`
        : nothing}${asked ? html`<span>${t("me.history.asked")}</span>` : nothing}${spoke ? html`<span>${t("me.history.spoke")}</span>` : nothing}</span
    >
  </li>`;
}
