/** What is on, as a row: when at each place, who leads, and what can be done with it. */

import { t } from "../../app/i18n.js";
import { html, nothing } from "../../app/lib/dom.js";
import { icon } from "../../parts/icon.js";
import { chevronDown, chevronUp, ellipsis } from "../../vendor/icons.js";
import { everywhere, shortDay } from "./days.js";
import { STEP_MS, zonesOf } from "./plan.js";
import { there } from "./times.js";

/** @typedef {import("../../pages/organise/frame.js").Organiser} Organiser */
/** @typedef {import("./organiser.js").SlotRow} Row */
/** @typedef {import("../records.js").Slot} Slot */
/**
 * @typedef {ReturnType<typeof import("./moves.js").createMoves> & {edit: (slot: Slot) => void, open: (id: string) => void,
 *   enter: (slot: Slot) => string}} Acts
 */

/** @param {Row} row @param {Acts} acts @param {Organiser} room */
export function drawSlot({ slot, mission, days, open }, acts, room) {
  const span = { from: slot.starts_at, to: slot.ends_at };
  const named = (/** @type {string} */ what) => t("organise.slot.of", { what, title: slot.title });
  return html`<div class="slot-times">${everywhere(span, mission)}</div>
    <div class="slot-what">
      <button type="button" class="slot-title" data-act="edit" @click=${() => acts.edit(slot)}><bdi dir="auto" .textContent=${slot.title}></bdi></button>
      ${drawPeople(slot, room)}
    </div>
    <div class="acts slot-acts">
      <button type="button" class="icon-button" data-often data-act="earlier" aria-label=${named(t("organise.slot.earlier"))} title=${t("organise.slot.earlier")} @click=${() => acts.by(slot, -STEP_MS)}>${icon(chevronUp)}</button>
      <button type="button" class="icon-button" data-often data-act="later" aria-label=${named(t("organise.slot.later"))} title=${t("organise.slot.later")} @click=${() => acts.by(slot, STEP_MS)}>${icon(chevronDown)}</button>
      <a class="button is-small" data-act="enter" href=${acts.enter(slot)} target="_blank" aria-label=${named(t("organise.slot.enter"))}>${t("organise.slot.enter")}</a>
      <button type="button" class="icon-button" data-act="more" aria-expanded=${open ? "true" : "false"} aria-label=${named(t("organise.more"))} title=${t("organise.more")} @click=${() => acts.open(slot.id)}>${icon(ellipsis)}</button>
    </div>
    ${open ? drawMore(slot, zonesOf(mission)[0], days, acts) : nothing}`;
}

/** @param {Slot} slot @param {string} zone @param {string[]} days @param {Acts} acts */
function drawMore(slot, zone, days, acts) {
  const { day } = there(slot.starts_at, zone);
  const go = (/** @type {Event} */ { target }) => acts.toDay(slot, /** @type {HTMLSelectElement} */ (target).value);
  return html`<div class="acts slot-more">
    <button type="button" class="button is-small" data-act="edit_all" @click=${() => acts.edit(slot)}>${t("organise.slot.edit")}</button>
    <button type="button" class="button is-small" data-act="copy" @click=${() => void acts.copy(slot)}>${t("organise.slot.copy")}</button>
    <button type="button" class="button is-small" data-often data-act="day_earlier" @click=${() => void acts.days(slot, -1)}>${t("organise.slot.day_earlier")}</button>
    <button type="button" class="button is-small" data-often data-act="day_later" @click=${() => void acts.days(slot, 1)}>${t("organise.slot.day_later")}</button>
    <label class="slot-day">
      <span>${t("organise.slot.to_day")}</span>
      <select data-act="to_day" .value=${day} @change=${go}>
        ${days.map((one) => html`<option value=${one} ?selected=${one === day}>${shortDay(one)}</option>`)}
      </select>
    </label>
    <button type="button" class="button is-small" data-act="drop" @click=${() => void acts.drop(slot)}>${t("organise.slot.drop")}</button>
  </div>`;
}

/** @param {Slot} slot @param {Organiser} room */
function drawPeople({ hosts, speakers }, room) {
  const names = (/** @type {string[]} */ ids) =>
    ids.map((id, at) => html`${at ? ", " : ""}<bdi dir="auto" .textContent=${room.people.get(id)?.name ?? "…"}></bdi>`);
  return html`<p class="slot-people">
    ${hosts.length ? html`<span>${t("organise.slot.hosts")} ${names(hosts)}</span>` : html`<span class="badge is-danger">${t("organise.slot.no_host")}</span>`}
    ${speakers.length ? html`<span>${t("organise.slot.speakers")} ${names(speakers)}</span>` : nothing}
  </p>`;
}
