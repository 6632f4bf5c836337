/** How one gets in who was not invited. */

import { t } from "../../app/i18n.js";
import { html, nothing } from "../../app/lib/dom.js";
import { copied } from "../../parts/copied.js";
import { LIMITS } from "../limits.js";

/** @typedef {import("../records.js").Mission} Mission */
/** @typedef {{entry: NonNullable<Mission["entry"]>, code: string}} Getting */

const CODE = LIMITS.change_mission.code.maxLength;
const WAYS = /** @type {const} */ (["invited", "approval", "code", "open"]);

/** @param {Mission} mission @returns {Getting} */
export const gettingOf = ({ entry = "invited", code = "" }) => ({ entry, code });

/** @param {import("./part.js").Form<Getting>} form */
export function drawEntry({ now, mission, wrong, amend }) {
  const choose = (/** @type {Getting["entry"]} */ entry) => amend({ entry, ...(entry === "code" && !now.code && { code: someCode() }) });
  return html`<fieldset class="choices">
      <legend>${t("organise.entry")}</legend>
      ${WAYS.map(
        (way) => html`<label class="choice"><input type="radio" name="entry" value=${way} .checked=${now.entry === way} @change=${() => choose(way)} />
          <span><strong>${t(`organise.entry.${way}`)}</strong><br /><span class="soft">${t(`organise.entry.${way}.what`)}</span></span></label>`,
      )}
    </fieldset>
    ${
      now.entry === "code"
        ? html`<label class="field-line">${t("organise.entry.code_label")}
            <input name="code" maxlength=${CODE} autocomplete="off" .value=${now.code} aria-invalid=${wrong.field === "code" ? "true" : nothing} @input=${(/** @type {Event} */ e) => amend({ code: /** @type {HTMLInputElement} */ (e.target).value })} /></label>`
        : nothing
    }
    ${now.entry === "invited" ? nothing : copied(t("organise.entry.page"), `${location.origin}/mission/${mission.id}/join`)}`;
}

const LETTERS = "abcdefghjkmnpqrstuvwxyz23456789";

/** One that can be said aloud and is not guessed: no letter of it is taken for another. */
export function someCode() {
  const dice = crypto.getRandomValues(new Uint8Array(8));
  const letters = [...dice].map((byte) => LETTERS[byte % LETTERS.length]);
  return `${letters.slice(0, 4).join("")}-${letters.slice(4).join("")}`;
}
