/**
 * Small parts that several host panels are made of.
 *
 * @typedef {import("../stage/records.js").Asker} Asker
 * @typedef {import("../stage/records.js").Question} Question
 * @typedef {object} Host  what every panel of this page works with
 * @property {import("../../store.js").Store} store
 * @property {import("./acts.js").Acts} acts
 * @property {import("./ui.js").Ui} ui
 * @property {string} session  the session's id
 * @property {string} as  the key of this identity
 * @property {string} device  the id of this browser
 * @property {ReturnType<typeof import("./ends.js").createEnds>} ends
 * @property {ReturnType<typeof import("./removed.js").createRemoved>} removed
 */

import { html, nothing } from "../../lib/dom.js";
import { countryName, t } from "../../i18n.js";
import { imitationBadge } from "../imitation.js";
import { flag } from "../stage/places.js";
import { keyOf } from "./keys.js";

/**
 * A button for one act, with its key.
 * @param {string} act @param {unknown} label words, or a template of them @param {() => void} run
 * @param {{look?: string, key?: boolean, off?: boolean, name?: string}} [how]
 *   `name` is what a screen reader hears if the label alone would not say which thing is meant
 */
export function actButton(act, label, run, { look = "", key = true, off = false, name = "" } = {}) {
  const shortcut = key ? keyOf(act) : "";
  return html`<button
    type="button"
    class="button is-small ${look}"
    data-act=${act}
    aria-disabled=${off ? "true" : nothing}
    aria-keyshortcuts=${shortcut || nothing}
    aria-label=${name ? `${label}: ${name}` : nothing}
    @click=${() => off || run()}
  >
    ${label}${shortcut ? html`<kbd aria-hidden="true">${shortcut}</kbd>` : nothing}
  </button>`;
}

/** @param {Host} host @param {string} id */
export const nameOf = (host, id) => host.store.get("person", id)?.name ?? t("stage.participant");

/** @param {string} kind */
export const kindName = (kind) => t(`host.kind.${kind || "other"}`);

/** @param {string|undefined} country */
export function place(country) {
  if (!country) return nothing;
  return html`<span class="place"><span aria-hidden="true">${flag(country)}</span> ${countryName(country)}</span>`;
}

/** Where there is little room. @param {string|undefined} country */
export function shortPlace(country) {
  if (!country) return nothing;
  return html`<span class="place" title=${countryName(country)}
    ><span aria-hidden="true">${flag(country)}</span> ${country}</span
  >`;
}

/** The headline of a question's card: never more than the asker chose. @param {Asker} asker */
export const askerName = (asker) => asker.name || asker.organisation || t("stage.participant");

/** @param {Question} question */
export function askerLine({ asker, shown }) {
  const under = asker.name ? asker.organisation : "";
  return html`<span class="asker-name">${askerName(asker)}</span> ${imitationBadge(asker)} ${under ? html`<span>${under}</span>` : nothing}
    ${place(asker.country)}
    ${shown === "named" ? nothing : html`<span class="badge">${t(`host.shown.${shown}`)}</span>`}`;
}

/** @param {string} text */
export const empty = (text) => html`<p class="empty">${text}</p>`;
