/**
 * The second line of a row of the greeting desk: why somebody stands there, and who they are.
 *
 * @typedef {import("./host.js").Row} Row
 */

import { html, nothing } from "../../app/lib/dom.js";
import { formatTime, t } from "../../app/i18n.js";
import { shortPlace } from "../../parts/card.js";
import { kindMark } from "./makeup_bar.js";

/** Between reasons, which are one text in a row, so that it is drawn anew only where that is another. */
export const SEPARATOR = " · ";

/** @param {Row} person */
export const drawFacts = (person) =>
  html`<p class="facts dots">
    ${kindMark(person.kind)}
    ${person.say_as ? html`<span class="say-as" title=${person.say_as}>${t("host.say_as", { name: person.say_as })}</span>` : nothing}
    ${drawWhy(person)}
    ${shortPlace(person.country)} ${person.since ? html`<time>${formatTime(person.since)}</time>` : nothing}
  </p>`;

/** Why they stand here, where a mission knows them; else what a first look tells. @param {Row} person */
function drawWhy(person) {
  if (person.week) {
    const look = person.week.greeted ? "" : "is-first";
    return person.why.split(SEPARATOR).map((why, at) => html`<span class="arrival-why ${at ? "" : look}" title=${person.why}>${why}</span>`);
  }
  return html`${person.first_time ? html`<span class="is-first">${t("host.first_time")}</span>` : nothing} ${drawFrom(person)}`;
}

/** @param {Row} person */
export const drawFrom = ({ organisation }) =>
  organisation ? html`<span class="arrival-from"><bdi dir="auto">${organisation}</bdi></span>` : nothing;
