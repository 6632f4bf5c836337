/** One day of the programme: its name, the hours that are good for all, and a strip of its 24 on which things stand. */

import { t } from "../../app/i18n.js";
import { html } from "../../app/lib/dom.js";
import { dayName } from "./days.js";
import { rowsOf, stretch, zonesOf } from "./plan.js";
import { hour, moment, shared, there } from "./times.js";

/** @typedef {import("../records.js").Mission} Mission */

const HOURS = [0, 3, 6, 9, 12, 15, 18, 21];

/** @param {import("./organiser.js").DayRow} row @param {{plan: (day?: string) => void}} acts */
export function drawDay({ day, slots, mission }, { plan }) {
  const zones = zonesOf(mission);
  const good = shared(day, zones);
  const name = dayName(day);
  return html`<div class="day-head">
      <h3>${name}</h3>
      <span class="soft">${drawGood(good, mission)}</span>
      <button type="button" class="button is-small is-quiet" aria-label=${t("organise.programme.plan_on", { day: name })} @click=${() => plan(day)}>
        ${t("organise.programme.plan_here")}
      </button>
    </div>
    <div class="strip ${slots.length ? "" : "is-empty"}" aria-hidden="true">
      ${mission.places.slice(0, 2).map(({ zone }, number) => drawHours(day, zones[0], zone, number))}
      <div class="strip-day" data-strip=${day} .style=${`--rows:${Math.max(1, ...rowsOf(slots).map((row) => row + 1))}`}>
        ${good.map((span) => html`<i class="strip-good" .style=${placed(span, day, zones[0])}></i>`)}
        ${drawBlocks(slots, day, zones[0])}
      </div>
    </div>`;
}

/** @param {import("./times.js").Span[]} good @param {Mission} mission */
function drawGood(good, { places }) {
  if (!good.length) return t("organise.good.none");
  const said = (/** @type {string} */ zone) => good.map(({ from, to }) => `${hour(there(from, zone).minutes)}–${hour(there(to, zone).minutes)}`).join(", ");
  return html`${t("organise.good")}${places.map(({ name, zone }, at) => html`${at ? " · " : " "}${said(zone)} <bdi dir="auto">${name}</bdi>`)}`;
}

/** @param {string} day @param {string} first @param {string} zone @param {number} number */
const drawHours = (day, first, zone, number) => html`<div class="strip-hours ${number ? "is-other" : ""}">
  ${HOURS.map((hours) => html`<span>${hour(there(moment(day, hours * 60, first), zone).minutes)}</span>`)}
</div>`;

/** @param {import("../records.js").Slot[]} slots @param {string} day @param {string} zone */
function drawBlocks(slots, day, zone) {
  const rows = rowsOf(slots);
  return slots.map(
    (slot, at) =>
      html`<span class="block" data-block=${slot.id} .style=${`${styleOf(stretch(slot, day, zone))};--row:${rows[at]}`}>
        <bdi dir="auto" .textContent=${slot.title}></bdi>
      </span>`,
  );
}

/** @param {import("./times.js").Span} span @param {string} day @param {string} zone */
const placed = ({ from, to }, day, zone) => styleOf(stretch(/** @type {any} */ ({ starts_at: from, ends_at: to }), day, zone));

/** @param {{left: number, width: number}} part */
const styleOf = ({ left, width }) => `--left:${(left * 100).toFixed(3)}%;--width:${(width * 100).toFixed(3)}%`;

