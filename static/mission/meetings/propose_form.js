/** The form in which one chooses when to meet: a day, its hours for both, what is chosen, and where. */

import { isolated, t } from "../../app/i18n.js";
import { html, nothing } from "../../app/lib/dom.js";
import { icon } from "../../parts/icon.js";
import { counter, suggested } from "../../parts/text.js";
import { chevronLeft, chevronRight, x } from "../../vendor/icons.js";
import { LIMITS } from "../limits.js";
import { LENGTHS, isGood, spanIn } from "./hours.js";
import { dayName, isSame, placeOf, when } from "./when.js";

/** @typedef {import("../../pages/mission/frame.js").Room} Room */
/** @typedef {import("./propose.js").Chosen} Chosen */
/** @typedef {import("./hours.js").Time} Time */
/**
 * @typedef {{wanted: import("./propose.js").Wanted, chosen: Chosen, free: import("./propose.js").Free|null, days: string[], times: Time[],
 *   hidden: number, zones: import("./hours.js").Zones, most: number, isBusy: boolean,
 *   refused: import("./propose.js").Refused|null}} Form
 * @typedef {{set: (change: Partial<Chosen>) => void, setMinutes: (minutes: number) => void, toggle: (at: number) => void,
 *   submit: (event: SubmitEvent) => void}} Acts
 */

const NOTE_MAX = LIMITS.propose_meeting.note.maxLength;

/** @param {Room} room @param {Form} form @param {Acts} acts */
export function drawForm(room, form, acts) {
  const { wanted, chosen, free, most, isBusy, refused } = form;
  const isEnough = chosen.picked.length >= Math.min(2, most);
  return html`<form class="stack meet-form" @submit=${acts.submit} novalidate>
    ${drawLength(chosen, acts)} ${free ? drawDay(room, form, acts) : html`<p class="soft">${t("meetings.loading")}</p>`}
    ${drawPicked(room, form, acts)} ${drawWords(form, acts)}
    ${refused ? html`<p class="error" role="alert">${refused.text}</p>` : nothing}
    <p class="row">
      <button class="button is-primary" aria-disabled=${isBusy || !isEnough} aria-describedby="meet-picked-what">${t(`meetings.${wanted.how}.send`)}</button>
    </p>
  </form>`;
}

/** @param {Chosen} chosen @param {Acts} acts */
const drawLength = ({ minutes }, { setMinutes }) =>
  html`<fieldset class="meet-length">
    <legend>${t("meetings.length")}</legend>
    <div class="row">
      ${LENGTHS.map(
        (n) => html`<label class="check"><input type="radio" name="minutes" .value=${String(n)} .checked=${n === minutes} @change=${() => setMinutes(n)} /> ${t("meetings.minutes", { n })}</label>`,
      )}
    </div>
  </fieldset>`;

/** @param {Room} room @param {Form} form @param {Acts} acts */
function drawDay(room, { wanted, chosen, days, times, hidden, zones, most }, { set, toggle }) {
  if (!days.length) return html`<p class="empty">${t("meetings.no_times", { name: wanted.name })}</p>`;
  const at = days.indexOf(chosen.day);
  const step = (/** @type {number} */ by, /** @type {string} */ word, /** @type {unknown} */ drawing) =>
    html`<button type="button" class="icon-button" data-act=${word} aria-label=${t(`meetings.${word}`)} aria-disabled=${!days[at + by]} @click=${() => days[at + by] && set({ day: days[at + by] })}>${icon(/** @type {any} */ (drawing))}</button>`;
  return html`<div class="meet-day">
      ${step(-1, "day_before", chevronLeft)}
      <select aria-label=${t("meetings.day")} @change=${(/** @type {any} */ { target }) => set({ day: target.value })}>
        ${days.map((day) => html`<option value=${day} ?selected=${day === chosen.day}>${dayName(day, "long", "short")}</option>`)}
      </select>
      ${step(1, "day_after", chevronRight)}
    </div>
    <fieldset class="meet-hours">
      <legend>${isSame(times[0]?.at ?? 0, zones.theirs) ? t("meetings.hours.same", { place: placeOf(room, zones.mine) }) : t("meetings.hours", { mine: placeOf(room, zones.mine), theirs: placeOf(room, zones.theirs), name: isolated(wanted.name) })}</legend>
      <ul>${times.map((time) => drawTime(room, time, { wanted, chosen, zones, most }, toggle))}</ul>
    </fieldset>
    ${hidden || chosen.wide ? html`<label class="check"><input type="checkbox" name="wide" .checked=${chosen.wide} @change=${() => set({ wide: !chosen.wide })} /> ${t("meetings.wide")}</label>` : nothing}`;
}

/** @param {Room} room @param {Time} time @param {Pick<Form, "wanted"|"chosen"|"zones"|"most">} form @param {(at: number) => void} toggle */
function drawTime(room, time, { wanted, chosen, zones, most }, toggle) {
  const { at, mine, theirs: their } = time;
  const isMove = wanted.how === "move";
  const marks = [mine === "good" ? "" : t(`meetings.mark.${mine}.mine`), their === "good" ? "" : t(`meetings.mark.${their}.theirs`)].filter(Boolean);
  const [here, there] = [zones.mine, zones.theirs].map((zone) => spanIn(at, chosen.minutes, zone));
  return html`<li>
    <label class="meet-hour ${isGood(time) ? "is-good" : ""}">
      <input type=${isMove ? "radio" : "checkbox"} name="time" .value=${String(at)} .checked=${chosen.picked.includes(at)} @change=${(/** @type {any} */ { target }) => ((target.checked = isMove || !(chosen.picked.includes(at) || chosen.picked.length >= most)), toggle(at))} />
      <strong>${here.from}</strong>
      ${isSame(at, zones.theirs) ? nothing : html`<span class="soft">${there.day === here.day ? nothing : `${dayName(there.day, "short")}, `}${there.from} <span class="unseen">${placeOf(room, zones.theirs)}</span></span>`}
      ${marks.length ? html`<span class="meet-marks">${marks.join(", ")}</span>` : nothing}
    </label>
  </li>`;
}

/** @param {Room} room @param {Form} form @param {Acts} acts */
function drawPicked(room, { wanted, chosen, zones, most }, { toggle }) {
  const what = most === 1 ? "meetings.picked.one_time" : "meetings.picked";
  return html`<div class="meet-picked">
    <p id="meet-picked-what" aria-live="polite">${t(what, { n: chosen.picked.length })}</p>
    <ul>
      ${chosen.picked.map(
        (at) => html`<li>
          ${when(room, /** @type {any} */ ({ minutes: chosen.minutes, zone: zones.theirs }), at)}
          ${wanted.how === "move" ? nothing : html`<button type="button" class="icon-button" data-act="unpick" aria-label=${`${t("meetings.unpick")}: ${dayName(spanIn(at, chosen.minutes, zones.mine).day)} ${spanIn(at, chosen.minutes, zones.mine).from}`} @click=${() => toggle(at)}>${icon(x)}</button>`}
        </li>`,
      )}
    </ul>
  </div>`;
}

/** @param {Form} form @param {Acts} acts */
function drawWords({ wanted, chosen, refused }, { set }) {
  const isPlace = refused?.field === "place";
  const isNote = refused?.field === "note";
  return html`${wanted.how === "other"
      ? nothing
      : html`<div class="field">
          <label for="meet-place">${t("meetings.place.label")}</label>
          <input id="meet-place" type="url" inputmode="url" dir="ltr" maxlength=${LIMITS.propose_meeting.place.maxLength} placeholder="https://" aria-describedby="meet-place-what" aria-invalid=${isPlace} .value=${chosen.place} @input=${(/** @type {any} */ { target }) => set({ place: target.value })} />
          <span class="soft" id="meet-place-what">${t("meetings.place.what")}</span>
          ${isPlace ? suggested(refused?.suggestion, () => set({ place: refused?.suggestion ?? "" })) : nothing}
        </div>`}
    ${wanted.how === "move"
      ? nothing
      : html`<div class="field">
          <label for="meet-note">${t("meetings.note")}</label>
          <input id="meet-note" type="text" dir="auto" maxlength=${NOTE_MAX} aria-invalid=${isNote} .value=${chosen.note} @input=${(/** @type {any} */ { target }) => set({ note: target.value })} />
          ${counter(chosen.note.length, NOTE_MAX)} ${isNote ? suggested(refused?.suggestion, () => set({ note: refused?.suggestion ?? "" })) : nothing}
        </div>`}`;
}
