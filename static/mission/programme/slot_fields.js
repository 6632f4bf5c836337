/** The fields of a slot: with what time it will be at every place, before it is planned. */

import { LANGUAGE_NAMES, t } from "../../app/i18n.js";
import { html, nothing } from "../../app/lib/dom.js";
import { LIMITS } from "../limits.js";
import { everywhere, shortDay } from "./days.js";
import { LENGTHS, spanOf, zonesOf } from "./plan.js";
import { daysOf, isHumane } from "./times.js";

/** @typedef {import("./plan.js").Fields} Fields */
/** @typedef {import("../records.js").Mission} Mission */
/**
 * @typedef {{id: string, now: Fields, session: string, isNew: boolean, wrong: {field: string, text: string}|null, mission: Mission,
 *   pickers: Record<"hosts"|"speakers", {draw: (ids: string[], label: string, note?: unknown) => unknown}>, amend: (change: Partial<Fields>) => void,
 *   save: () => void, cancel: () => void}} Form
 */

const { title: TITLE, abstract: ABSTRACT, session: SESSION, video: VIDEO } = LIMITS.plan_slot;

/** @param {Form} form */
export function drawFields(form) {
  const { now, mission, wrong, pickers, amend, save, cancel, isNew } = form;
  const submit = (/** @type {Event} */ event) => (event.preventDefault(), save());
  const set = (/** @type {keyof Fields} */ name) => (/** @type {Event} */ { target }) => amend({ [name]: /** @type {HTMLInputElement} */ (target).value });
  const said = (/** @type {string} */ name) => (wrong?.field === name ? html`<span class="error" role="alert">${wrong.text}</span>` : nothing);
  const bad = (/** @type {string} */ name) => (wrong?.field === name ? "true" : nothing);
  return html`<form class="slot-form" novalidate @submit=${submit}>
    <label class="field-line">${t("organise.slot.title")}
      <input name="title" autocomplete="off" maxlength=${TITLE.maxLength} .value=${now.title} aria-invalid=${bad("title")} @input=${set("title")} />${said("title")}
    </label>
    <div class="slot-when">
      <label class="field-line">${t("organise.slot.day")}
        <select name="day" @change=${set("day")}>${daysFor(now.day, mission).map((day) => html`<option value=${day} ?selected=${day === now.day}>${shortDay(day)}</option>`)}</select>
      </label>
      <label class="field-line">${t("organise.slot.from")}
        <input name="from" type="time" step="300" .value=${now.from} aria-invalid=${bad("from")} @input=${set("from")} />
      </label>
      <label class="field-line">${t("organise.slot.length")}
        <select name="length" @change=${set("length")}>${lengthsFor(now.length).map((length) => html`<option value=${length} ?selected=${String(length) === now.length}>${t("organise.minutes", { n: length })}</option>`)}</select>
      </label>
    </div>
    ${said("from")} ${drawWhen(now, mission)}
    <div class="field-line">${pickers.hosts.draw(now.hosts, t("organise.slot.hosts_label"), said("hosts"))}</div>
    <details class="slot-rest" ?open=${!isNew || Boolean(now.abstract || now.speakers.length || now.video)}>
      <summary>${t("organise.slot.rest")}</summary>
      <div class="field-line">${pickers.speakers.draw(now.speakers, t("organise.slot.speakers_label"), said("speakers"))}</div>
      <label class="field-line">${t("organise.slot.abstract")}
        <textarea name="abstract" rows="3" maxlength=${ABSTRACT.maxLength} .value=${now.abstract} @input=${set("abstract")}></textarea>${said("abstract")}
      </label>
      <label class="field-line">${t("organise.slot.language")}
        <select name="language" @change=${set("language")}>
          ${["", ...Object.keys(LANGUAGE_NAMES)].map((lang) => html`<option value=${lang} ?selected=${lang === now.language}>${LANGUAGE_NAMES[lang] ?? t("organise.slot.language.none")}</option>`)}
        </select>
      </label>
      <label class="field-line">${t("organise.slot.video")}
        <input name="video" type="url" inputmode="url" maxlength=${VIDEO.maxLength} autocomplete="off" placeholder="https://…" .value=${now.video} aria-invalid=${bad("video")} aria-describedby="${form.id}-video" @input=${set("video")} />${said("video")}
      </label>
      <p class="soft slot-hint" id="${form.id}-video">${t("organise.slot.video.what")}</p>
      ${isNew ? drawAddress(form, set("session"), said, bad) : nothing}
    </details>
    ${isNew ? nothing : html`<p class="soft">${t("organise.slot.address")} <code>/session/${form.session}</code></p>`}
    <div class="acts form-foot">
      <button class="button is-primary">${t(isNew ? "organise.slot.plan" : "organise.save")}</button>
      <button type="button" class="button is-quiet" @click=${cancel}>${t("organise.cancel")}</button>
    </div>
  </form>`;
}

/** @param {Form} form @param {(event: Event) => void} set @param {(name: string) => unknown} said @param {(name: string) => unknown} bad */
const drawAddress = ({ session }, set, said, bad) => html`<label class="field-line">${t("organise.slot.address")}
  <input name="session" maxlength=${SESSION.maxLength} autocomplete="off" autocapitalize="none" spellcheck="false" .value=${session} aria-invalid=${bad("session")} @change=${set} />${said("session")}
</label>`;

/** @param {Fields} now @param {Mission} mission */
function drawWhen(now, mission) {
  const span = spanOf(now, zonesOf(mission)[0]);
  if (!span) return nothing;
  const late = mission.places.some(({ zone }) => !isHumane(span, zone));
  return html`<p class="slot-preview ${late ? "is-late" : ""}">${everywhere(span, mission)}</p>`;
}

/** @param {string} day @param {Mission} mission */
function daysFor(day, { starts_on, ends_on }) {
  const days = daysOf(starts_on, ends_on);
  return days.includes(day) ? days : [...days, day].sort();
}

/** @param {string} length */
const lengthsFor = (length) => [...new Set([...LENGTHS, Number(length)])].sort((a, b) => a - b);
