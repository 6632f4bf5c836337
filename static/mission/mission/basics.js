/** What a mission is called, when it is, and where its people are. */

import { t } from "../../app/i18n.js";
import { html, nothing } from "../../app/lib/dom.js";
import { x } from "../../vendor/icons.js";
import { icon } from "../../parts/icon.js";
import { LIMITS } from "../limits.js";
import { midnight } from "../programme/times.js";
import { byRegion, cityOf, offsetOf, own } from "./zones.js";

/** @typedef {import("../records.js").Mission} Mission */
/** @typedef {import("../records.js").Place} Place */
/** @typedef {{title: string, starts_on: string, ends_on: string, places: Place[]}} Basics */
/** @typedef {import("./part.js").Form<Basics>} Form */

const { title: TITLE, places: PLACES } = LIMITS.change_mission;

/** @param {Mission} mission @returns {Basics} */
export const basicsOf = ({ title, starts_on, ends_on, places }) => ({ title, starts_on, ends_on, places });

/** @param {Form} form */
export function drawBasics(form) {
  const { now, wrong, amend } = form;
  const set = (/** @type {keyof Basics} */ name) => (/** @type {Event} */ { target }) => amend({ [name]: /** @type {HTMLInputElement} */ (target).value });
  const bad = (/** @type {string} */ name) => (wrong.field === name ? "true" : nothing);
  // whoever moves the beginning moves the end along
  const starts = (/** @type {Event} */ { target }) => {
    const starts_on = /** @type {HTMLInputElement} */ (target).value;
    amend(starts_on > now.ends_on ? { starts_on, ends_on: starts_on } : { starts_on });
  };
  return html`<label class="field-line">${t("organise.mission.title")}
      <input name="title" maxlength=${TITLE.maxLength} autocomplete="off" .value=${now.title} aria-invalid=${bad("title")} @input=${set("title")} /></label>
    <div class="pair">
      <label class="field-line">${t("organise.mission.starts")}<input type="date" name="starts_on" .value=${now.starts_on} aria-invalid=${bad("starts_on")} @change=${starts} /></label>
      <label class="field-line">${t("organise.mission.ends")}<input type="date" name="ends_on" min=${now.starts_on} .value=${now.ends_on} aria-invalid=${bad("ends_on")} @change=${set("ends_on")} /></label>
    </div>
    <fieldset class="places">
      <legend>${t("organise.mission.places")}</legend>
      ${now.places.map((place, at) => drawPlace(place, at, form))}
      ${now.places.length < PLACES.maxItems ? html`<button type="button" class="button is-small" data-act="place" @click=${() => amend({ places: [...now.places, { name: "", zone: now.places.length ? another(now.places) : own() }] })}>${t("organise.mission.place_add")}</button>` : nothing}
    </fieldset>`;
}

/** @param {Place} place @param {number} at @param {Form} form */
function drawPlace(place, at, { now, wrong, amend }) {
  const put = (/** @type {Partial<Place>} */ change) => amend({ places: now.places.map((one, number) => (number === at ? { ...one, ...change } : one)) });
  const gone = () => amend({ places: now.places.filter((_, number) => number !== at) });
  const zone = (/** @type {Event} */ { target }) => {
    const chosen = /** @type {HTMLSelectElement} */ (target).value;
    // a place that is called by its zone's city, or not at all yet, is called by the new one's
    const name = !place.name || place.name === cityOf(place.zone) ? cityOf(chosen) : place.name;
    put({ zone: chosen, name });
  };
  const label = t("organise.mission.place", { n: at + 1 });
  return html`<div class="place-line">
    <input name=${at ? `place${at}` : "places"} aria-label=${label} placeholder=${cityOf(place.zone)} autocomplete="off" maxlength=${PLACES.items.name.maxLength} .value=${place.name} aria-invalid=${wrong.field === "places" && !place.name.trim() ? "true" : nothing} @input=${(/** @type {Event} */ e) => put({ name: /** @type {HTMLInputElement} */ (e.target).value })} />
    <select name="zone${at}" aria-label=${t("organise.mission.zone", { n: at + 1 })} @change=${zone}>
      ${byRegion(place.zone).map(({ region, zones }) => html`<optgroup label=${region || t("organise.zone.usual")}>${zones.map((one) => html`<option value=${one} ?selected=${one === place.zone && !(region && zonesFirst(one))}>${cityOf(one)} (${offsetOf(one, midnight(now.starts_on) || 0)})</option>`)}</optgroup>`)}
    </select>
    ${now.places.length > 1 ? html`<button type="button" class="icon-button" aria-label=${t("organise.mission.place_gone", { name: place.name || cityOf(place.zone) })} @click=${gone}>${icon(x)}</button>` : nothing}
  </div>`;
}

/** Whether it stands among the usual ones already. @param {string} zone */
const zonesFirst = (zone) => byRegion("")[0].zones.includes(zone);

/** One on the other side. @param {Place[]} places */
const another = (places) => (places[0].zone.startsWith("America/") ? "Europe/Amsterdam" : "America/Los_Angeles");

/** As it is said: whoever gave no name means the city. @param {Basics} now */
export const basicsArgs = (now) => ({ ...now, places: now.places.map(({ name, zone }) => ({ name: name.trim() || cityOf(zone), zone })) });
