/** One lead: what they gave, where it began, and what I write of it, which saves itself. */

import { t } from "../../app/i18n.js";
import { html, nothing, render } from "../../app/lib/dom.js";
import { draftOf } from "../../app/lib/drafts.js";
import { leads as leadsTo } from "../../pages/mission/address.js";
import { disc } from "../../parts/card.js";
import { icon } from "../../parts/icon.js";
import { said } from "../../parts/text.js";
import { chevronLeft } from "../../vendor/icons.js";
import { drawBegan } from "../contacts/began.js";
import { ways } from "../contacts/ways.js";
import { day } from "../contacts/when.js";
import { openCard } from "../directory/opening.js";
import { partingOf } from "./parting.js";
import { createSaving } from "./saving.js";
import { ownFields } from "./own_fields.js";

/** @typedef {import("../../pages/mission/frame.js").Room} Room */
/** @typedef {import("../../app/store.js").Item} Item */
/** @typedef {ReturnType<typeof createSaving>} Saving */

/** @param {Room} room @param {HTMLElement} root @param {() => void} changed */
export function leadPane(room, root, changed) {
  const { store } = room;
  /** Of each lead that was open. @type {Map<string, Saving>} */
  const savings = new Map();
  const parting = partingOf(room);
  let shown = "";

  /** @param {string} id @returns {Saving} */
  function savingOf(id) {
    const known = savings.get(id);
    if (known) return known;
    const save = (/** @type {Record<string, any>} */ fields) => store.do("change_lead", { lead: id, ...fields }).done;
    const made = createSaving({ save, draft: draftOf(room, `lead/${id}`), changed });
    savings.set(id, made);
    return made;
  }

  const flush = () => savings.forEach((saving) => void saving.flush());
  document.addEventListener("visibilitychange", () => document.hidden && flush());
  root.addEventListener("focusout", ({ relatedTarget }) => {
    if (root.contains(/** @type {Node|null} */ (relatedTarget))) return;
    const saving = savings.get(shown);
    if (saving) void saving.flush().then(saving.settle);
  });

  return {
    /** @param {Item|null} lead @param {boolean} isAsked @param {readonly Item[]} all */
    show(lead, isAsked, all) {
      if (shown && shown !== lead?.id) void savings.get(shown)?.flush();
      shown = lead?.id ?? "";
      if (lead) render(drawLead(room, lead, savingOf(lead.id), parting, all), root);
      else render(isAsked ? html`${back(room)}<p class="empty">${t("leads.gone")}</p>` : html`<p class="empty">${all.length ? t("leads.choose") : nothing}</p>`, root);
    },
  };
}

/** @param {Room} room @param {Item} lead @param {Saving} saving @param {ReturnType<typeof partingOf>} parting @param {readonly Item[]} all */
function drawLead(room, lead, saving, parting, all) {
  return html`${back(room)}
    <section class="panel lead-panel" aria-labelledby="lead-name">
      <div class="request-who">
        ${disc({ id: lead.whom, name: lead.name })}
        <div>
          <h2 id="lead-name"><button type="button" class="name-button" data-act="card" @click=${() => openCard(room, lead.whom)}><bdi dir="auto">${lead.name}</bdi></button></h2>
          ${lead.organisation ? html`<p class="soft"><bdi dir="auto">${lead.organisation}</bdi></p>` : nothing}
        </div>
      </div>
      ${details(lead)}
      <p class="row">${ways(room, /** @type {any} */ (lead))}</p>
      ${ownFields(lead.id, saving, all, room)}
      <div class="lead-began">
        <h3>${t("leads.began")}</h3>
        ${lead.reason ? html`<p><q>${said(lead.reason)}</q> <span class="soft">${t(lead.asked ? "leads.reason.mine" : "leads.reason.theirs")}</span></p>` : nothing}
        <ul>${lead.began.map((/** @type {any} */ began, /** @type {number} */ n) => html`<li class="soft">${drawBegan(room, began, n ? "question" : lead.asked ? "their_question" : "your_question")}</li>`)}</ul>
        <p class="soft">${t("leads.since", { date: day(lead.at) })}</p>
      </div>
      ${parting.buttons(/** @type {any} */ (lead))}
    </section>`;
}

/** @param {Item} lead */
function details({ email, phone }) {
  if (!email && !phone) return html`<p class="soft">${t("leads.no_details")}</p>`;
  return html`<dl class="card-facts">
    ${email ? html`<div><dt class="soft">${t("card.email")}</dt><dd><a href="mailto:${encodeURIComponent(email).replace("%40", "@")}">${said(email)}</a></dd></div>` : nothing}
    ${phone ? html`<div><dt class="soft">${t("card.phone")}</dt><dd><a href="tel:${phone.replace(/[^+\d]/g, "")}">${said(phone)}</a></dd></div>` : nothing}
  </dl>`;
}

/** @param {Room} room */
function back({ address }) {
  const words = address.with({ lead: null, show: "leads" });
  return html`<p class="lead-back"><a class="button is-small is-quiet" href=${address.href(words)} @click=${leadsTo(address, words)}>${icon(chevronLeft)} ${t("leads.back")}</a></p>`;
}
