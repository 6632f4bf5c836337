/** Whose name, or organisation, is like that of somebody who leads the session, or of the house: marked where they are named. */

import { html, nothing } from "../lib/dom.js";
import { t } from "../i18n.js";

/** @typedef {{readonly [field: string]: any, imitates?: boolean}} Called  a person, or the card of one */

/** @param {Called|undefined} person */
export function imitationBadge(person) {
  if (!person?.imitates) return nothing;
  return html`<span class="badge is-imitation" title=${t("imitates.why")}>${t("imitates")}</span>`;
}

/** A name as it is said to those who listen. @param {string} name @param {Called|undefined} person */
export function spokenName(name, person) {
  return person?.imitates ? `${name} (${t("imitates")})` : name;
}
