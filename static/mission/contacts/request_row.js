/** Somebody who would like to talk to me: who, why, and what I can answer. */

import { isolated, t } from "../../app/i18n.js";
import { html, nothing } from "../../app/lib/dom.js";
import { disc, headline } from "../../parts/card.js";
import { sure } from "../../parts/sure.js";
import { said } from "../../parts/text.js";
import { leads } from "../../pages/mission/address.js";
import { openCard } from "../directory/opening.js";
import { day } from "./when.js";
import { whoLine } from "./who.js";

/** @typedef {import("../../pages/mission/frame.js").Room} Room */
/** @typedef {import("../../app/store.js").Item} Item */
/**
 * @typedef {{answer: (id: string, became: "accepted"|"declined"|"later") => void, block: (request: Item) => void,
 *   decline: (id: string) => void}} Acts
 */

/** @param {Room} room @param {import("./requests.js").Row} row @param {Acts} acts */
export function drawRequest(room, { request, became, declining }, acts) {
  const one = /** @type {Item} */ (request);
  return html`<div class="request-who">
      ${disc({ id: one.by, name: one.name })}
      <div>
        <p><button type="button" class="name-button" data-act="card" @click=${() => openCard(room, one.by)}><bdi dir="auto">${headline(one)}</bdi></button></p>
        <p class="soft">${whoLine(one)}</p>
      </div>
    </div>
    <div class="request-why">
      ${one.reason ? html`<q>${said(one.reason)}</q>` : html`<span class="soft">${t("contacts.no_reason")}</span>`}
    </div>
    ${became ? drawBecame(room, one, became) : declining ? drawDecline(one, acts) : drawActs(one, acts)}`;
}

/** @param {Item} request @param {Acts} acts */
function drawActs({ id, later, ...one }, { answer, decline }) {
  const name = headline(one);
  const button = (/** @type {string} */ act, /** @type {() => void} */ run, look = "") =>
    html`<button type="button" class="button is-small ${look}" data-act=${act} aria-label=${`${t(`contacts.${act}`)}: ${isolated(name)}`} @click=${run}>${t(`contacts.${act}`)}</button>`;
  return html`<div class="request-acts">
    ${button("accept", () => answer(id, "accepted"))} ${later ? nothing : button("later", () => answer(id, "later"), "is-quiet")}
    ${button("decline", () => decline(id), "is-quiet")}
  </div>`;
}

/** @param {Item} request @param {Acts} acts */
function drawDecline(request, { answer, block, decline }) {
  return html`<div class="request-sure" role="group" aria-label=${t("contacts.decline")}>
    <p>${t("contacts.decline.what", { date: day(request.until) })}</p>
    <div class="row">
      ${sure({ label: t("contacts.back"), run: () => decline("") }, { label: t("contacts.decline"), act: "decline-yes", run: () => answer(request.id, "declined") })}
      <button type="button" class="button is-small is-quiet" data-act="block" @click=${() => block(request)}>${t("contacts.decline.block")}</button>
    </div>
  </div>`;
}

/** @param {Room} room @param {Item} request @param {string} became */
function drawBecame({ address }, { by }, became) {
  const words = new URLSearchParams({ tab: "contacts", lead: by });
  return html`<p class="request-became" data-became=${became}>
    ${t(`contacts.became.${became}`)}
    ${became === "accepted" ? html`<a href=${address.href(words)} @click=${leads(address, words)}>${t("contacts.to_lead")}</a>` : nothing}
  </p>`;
}
