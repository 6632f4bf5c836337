/** Days in words, and what is on at each place. */

import { currentLang, t } from "../../app/i18n.js";
import { html, nothing } from "../../app/lib/dom.js";
import { at, isHumane, midnight } from "./times.js";

/** @typedef {import("../records.js").Mission} Mission */
/** @typedef {import("./times.js").Span} Span */

/** A day as it is said: Friday 12 March. @param {string} day @param {Intl.DateTimeFormatOptions} [how] */
export function dayName(day, how = { weekday: "long", day: "numeric", month: "long" }) {
  const lang = currentLang() === "en" ? "en-GB" : currentLang();
  return new Intl.DateTimeFormat(lang, { ...how, timeZone: "UTC" }).format(midnight(day));
}

/** The same, shorter: Fri 12 Mar. @param {string} day */
export const shortDay = (day) => dayName(day, { weekday: "short", day: "numeric", month: "short" });

/** How late something is at every place, that of the first in front. @param {Span} span @param {Mission} mission */
export function everywhere(span, { places }) {
  const [first] = places;
  return places.map(({ name, zone }, number) => {
    const { from, to, days } = at(span, zone, first.zone);
    const late = !isHumane(span, zone);
    return html`<span class="there ${number ? "" : "is-first"} ${late ? "is-late" : ""}">
      <span class="there-time">${from}–${to}${days ? html`<sup>${days > 0 ? "+" : "-"}${Math.abs(days)}</sup>` : nothing}</span>
      <span class="there-place"><bdi dir="auto">${name}</bdi>${late ? html`, ${t("organise.late")}` : nothing}</span>
    </span>`;
  });
}
