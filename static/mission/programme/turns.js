/** Where clocks are turned while the mission lasts, or the places are another number of hours apart than usual: said. */

import { t } from "../../app/i18n.js";
import { html, nothing } from "../../app/lib/dom.js";
import { dayName } from "./days.js";
import { ahead, daysOf, moment, turns } from "./times.js";

/** @typedef {import("../records.js").Mission} Mission */

/** @param {Mission} mission @param {readonly string[]} zones */
export function drawTurns(mission, zones) {
  const days = daysOf(mission.starts_on, mission.ends_on);
  const found = turns(days, zones);
  if (found.length) return html`<p class="note">${found.map(({ day, zone }) => t("organise.turns", { place: placeOf(mission, zone), day: dayName(day) })).join(" ")}</p>`;
  const apart = apartOn(mission.starts_on, zones);
  const usual = apartOn(`${mission.starts_on.slice(0, 4)}-01-15`, zones);
  if (zones.length < 2 || apart === usual) return nothing;
  return html`<p class="note">${t("organise.apart", { hours: hours(apart), usual: hours(usual), one: mission.places[0].name, other: mission.places[1].name })}</p>`;
}

/** How far the first place's clocks are ahead of the second's, in minutes. @param {string} day @param {readonly string[]} zones */
function apartOn(day, zones) {
  const noon = moment(day, 720, zones[0]);
  return zones.length > 1 ? ahead(noon, zones[0]) - ahead(noon, zones[1]) : 0;
}

/** @param {number} minutes */
const hours = (minutes) => Math.abs(minutes / 60);

/** @param {Mission} mission @param {string} zone */
const placeOf = ({ places }, zone) => places.find((place) => place.zone === zone)?.name ?? zone;
