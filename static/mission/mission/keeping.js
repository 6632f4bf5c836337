/** What people are told of what becomes of what they say, and for how long it is kept. */

import { LANGUAGE_NAMES, t } from "../../app/i18n.js";
import { html, nothing } from "../../app/lib/dom.js";
import { LIMITS } from "../limits.js";

/** @typedef {import("../records.js").Mission} Mission */
/** @typedef {{notices: Mission["notices"]}} Notices */
/** @typedef {{kept_days: number}} Keeping */

const { notices: NOTICES, kept_days: KEPT } = LIMITS.change_mission;

/** @param {Mission} mission @returns {Notices} */
export const noticesOf = ({ notices }) => ({ notices: { en: notices.en, nl: notices.nl } });

/** @param {import("./part.js").Form<Notices>} form */
export const drawNotices = ({ now, wrong, amend }) => html`<p class="soft">${t("organise.notices.what")}</p>
  ${(/** @type {("en"|"nl")[]} */ (["en", "nl"])).map(
    (lang) => html`<label class="field-line">${LANGUAGE_NAMES[lang]}
      <textarea name=${lang === "en" ? "notices" : "notices_nl"} lang=${lang} rows="4" maxlength=${NOTICES[lang].maxLength} .value=${now.notices[lang]} aria-invalid=${wrong.field === "notices" ? "true" : nothing} @input=${(/** @type {Event} */ e) => amend({ notices: { ...now.notices, [lang]: /** @type {HTMLTextAreaElement} */ (e.target).value } })}></textarea></label>`,
  )}`;

/** @param {Mission} mission @returns {Keeping} */
export const keepingOf = ({ kept_days }) => ({ kept_days });

/** @param {import("./part.js").Form<Keeping>} form */
export const drawKeeping = ({ now, wrong, amend }) => html`<label class="field-line">${t("organise.keeping.days")}
    <input type="number" name="kept_days" min=${KEPT.minimum} max=${KEPT.maximum} inputmode="numeric" .value=${String(now.kept_days)} aria-invalid=${wrong.field === "kept_days" ? "true" : nothing} @input=${(/** @type {Event} */ e) => amend({ kept_days: Math.round(Number(/** @type {HTMLInputElement} */ (e.target).value)) })} /></label>
  <p class="soft">${t("organise.keeping.what")}</p>`;
