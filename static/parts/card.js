/** Who somebody is, wherever they are shown: their name with its marks, and where they are from. */

import { countryName, t } from "../app/i18n.js";
import { html, nothing } from "../app/lib/dom.js";
import { hueOf, initials } from "../app/lib/words.js";
import { flag } from "./icon.js";

/**
 * A person, or whoever asks as far as they chose to be shown; `imitates`: called like somebody who leads, or like
 * the house, and neither.
 * @typedef {{readonly id?: string, readonly name?: string, readonly organisation?: string, readonly kind?: string,
 *   readonly country?: string, readonly pitch?: string, readonly link?: string, readonly imitates?: boolean,
 *   readonly role?: string}} Card
 */

/** The name, else the organisation, else a participant: never more than they chose. @param {Card} card */
export const headline = (card) => card.name || card.organisation || t("asker.participant");

/** A name; of whom the id is known it opens the card (`names.js`). @param {Card} card @param {unknown} [after] it */
export const opening = (card, after = nothing) =>
  html`<strong role=${card.id ? "button" : nothing} tabindex=${card.id ? 0 : nothing} data-card=${card.id || nothing}
      ><bdi dir="auto">${headline(card)}</bdi></strong
    >${after}`;

/** As they are named in a line: one template with the name, for every message has it. @param {Card} card */
export const named = (card) => opening(card, [roleBadge(card.role), imitationBadge(card)]);

/** What stands behind a name. @param {Card} card */
export const marks = (card) => html`${roleBadge(card.role)}${imitationBadge(card)}`;

/** Who leads or speaks, by the link they came with: the one mark that is filled and has a shape, which nobody can write.
 * @param {string|undefined} role */
function roleBadge(role) {
  const shown = role === "organiser" ? "host" : role;
  return shown === "host" || shown === "speaker"
    ? html` <span class="badge is-host">${t(`role.${shown}`)}</span>`
    : nothing;
}

/** @param {Card} person */
function imitationBadge(person) {
  if (!person.imitates) return nothing;
  return html` <span class="badge is-imitation" title=${t("imitates.why")}>${t("imitates")}</span>`;
}

/** A name as it is said to those who listen. @param {string} name @param {Card|undefined} person */
export function spokenName(name, person) {
  return person?.imitates ? `${name} (${t("imitates")})` : name;
}

/** @param {{id?: string, name?: string}} person */
export function disc({ id = "", name = "" }) {
  return html`<span class="disc" aria-hidden="true" .style=${`--hue:${hueOf(id || name)}`}
    >${initials(name || "?")}</span
  >`;
}

/** Organisation and country, as far as known, and what else is said of them. @param {Card} card @param {string} [more] */
export function fromWhere({ organisation, country }, more = "") {
  const parts = [organisation, countryName(country ?? ""), more].filter(Boolean);
  return parts.length
    ? html` <span class="dots">${parts.map((part) => html`<span><bdi dir="auto">${part}</bdi></span>`)}</span>`
    : nothing;
}

/** @param {string|undefined} country */
export function place(country) {
  if (!country) return nothing;
  return html`<span class="place">${flag(country)} ${countryName(country)}</span>`;
}

/** Where there is little room. @param {string|undefined} country */
export function shortPlace(country) {
  if (!country) return nothing;
  return html`<span class="place" title=${countryName(country)}
    >${flag(country)} ${country}</span
  >`;
}
