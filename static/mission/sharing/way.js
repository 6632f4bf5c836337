/** The way to leads of colleagues, and back to one's own. */

import { t } from "../../app/i18n.js";
import { html, nothing } from "../../app/lib/dom.js";
import { leads as leadsTo } from "../../pages/mission/address.js";
import { icon } from "../../parts/icon.js";
import { chevronLeft, users } from "../../vendor/icons.js";

/** @typedef {import("../../pages/mission/frame.js").Room} Room */

/** @param {Room} room */
export function toColleagues({ address, store }) {
  const words = new URLSearchParams({ tab: "contacts", show: "colleagues" });
  const asking = store.all("sharing").filter(({ mine, agreed }) => !mine && !agreed).length;
  return html`<a class="button is-small is-quiet" href=${address.href(words)} data-act="colleagues" @click=${leadsTo(address, words)}
    >${icon(users)} ${t("sharing.title")} ${asking ? html`<span class="badge is-new">${t("sharing.asking", { n: asking })}</span>` : nothing}</a
  >`;
}

/** @param {Room} room */
export function toMine({ address }) {
  const words = new URLSearchParams({ tab: "contacts", show: "leads" });
  return html`<a class="button is-small is-quiet" href=${address.href(words)} data-act="mine" @click=${leadsTo(address, words)}>${icon(chevronLeft)} ${t("sharing.mine")}</a>`;
}
