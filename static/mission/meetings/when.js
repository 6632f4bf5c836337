/** Days and hours of meetings, as two read them who are in different time zones: never a day without saying whose. */

import { currentLang, isolated, t } from "../../app/i18n.js";
import { html, nothing } from "../../app/lib/dom.js";
import { serverNow } from "../../app/lib/now.js";
import { cityOf } from "../mission/zones.js";
import { ahead, midnight } from "../programme/times.js";
import { ownZone } from "../programme/week.js";
import { spanIn } from "./hours.js";

/** @typedef {import("../../pages/mission/frame.js").Room} Room */
/** @typedef {import("../../app/store.js").Item} Item */

const HOUR_MS = 3_600_000;

/** @param {string} day YYYY-MM-DD @param {"long"|"short"} [length] @param {"long"|"short"} [month] */
export function dayName(day, length = "long", month = length) {
  const locale = currentLang() === "en" ? "en-GB" : currentLang();
  return new Intl.DateTimeFormat(locale, { weekday: length, day: "numeric", month, timeZone: "UTC" }).format(midnight(day));
}

/** As the mission calls a place of it, where one is there. @param {Room} room @param {string} zone */
export const placeOf = (room, zone) => isolated(room.mission()?.places.find((/** @type {{zone: string}} */ place) => place.zone === zone)?.name ?? cityOf(zone));

/** Whether clocks show the same at both then. @param {number} at @param {string} zone */
export const isSame = (at, zone) => ahead(at, zone) === ahead(at, ownZone());

/**
 * Mine, and theirs beside it with the day where it is another.
 * @param {Room} room @param {Item} meeting @param {number} at
 */
export function when(room, { minutes, zone }, at) {
  const mine = spanIn(at, minutes, ownZone());
  return html`<span class="meet-when"
    ><strong>${dayName(mine.day)}, ${mine.from}–${mine.to}</strong>${isSame(at, zone)
      ? nothing
      : html` <span class="soft">${theirs(room, { minutes, zone }, at)}</span>`}</span
  >`;
}

/** The same of the other alone. @param {Room} room @param {{minutes: number, zone: string}} meeting @param {number} at */
export function theirs(room, { minutes, zone }, at) {
  const [mine, their] = [ownZone(), zone].map((one) => spanIn(at, minutes, one));
  const day = their.day === mine.day ? "" : `${dayName(their.day, "short")}, `;
  return t("meetings.there", { time: `${day}${their.from}–${their.to}`, place: placeOf(room, zone) });
}

/** How soon it begins: in 10 minutes, now, tomorrow; nothing where that is no help. @param {Item} meeting */
export function soon({ starts_at, minutes }) {
  const left = starts_at - serverNow();
  if (left <= 0) return left > -minutes * 60_000 ? t("meetings.now") : "";
  if (left < HOUR_MS) return t("meetings.in", { n: Math.ceil(left / 60_000) });
  return left < 24 * HOUR_MS ? t("meetings.in.hours", { n: Math.round(left / HOUR_MS) }) : "";
}
