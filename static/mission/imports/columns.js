/** The columns of a list, and which field each is; known by their titles, or said by hand. */

import { t } from "../../app/i18n.js";
import { html, nothing } from "../../app/lib/dom.js";

/** @typedef {import("./upload.js").Column} Column */

/** As in `sheets/columns.py`; a test compares. */
export const FIELDS = [
  ..."name first_name infix last_name organisation email kind country place sectors offers seeks languages pitch link phone say_as".split(" "),
];

/** @param {string} field */
export const fieldName = (field) => t(`imports.field.${field}`);

/**
 * @param {import("./upload.js").Look} look @param {boolean} open at first @param {boolean} busy
 * @param {(at: number, field: string) => void} choose
 */
export function drawColumns({ columns }, open, busy, choose) {
  const left = columns.filter(({ field }) => !field).map(({ title }, at) => title || t("imports.untitled", { n: at + 1 }));
  return html`<details class="import-columns" ?open=${open}>
      <summary>${t("imports.columns", { n: columns.length - left.length, all: columns.length })}</summary>
      <ul>
        ${columns.map((column, at) => drawColumn(column, at, busy, choose))}
      </ul>
    </details>
    ${left.length ? html`<p class="soft">${t("imports.columns.left", { titles: left.join(", ") })}</p>` : nothing}`;
}

/** @param {Column} column @param {number} at @param {boolean} busy @param {(at: number, field: string) => void} choose */
function drawColumn({ title, field, note, samples }, at, busy, choose) {
  const examples = samples.filter(Boolean).join(" · ");
  const chosen = (/** @type {Event} */ { target }) => choose(at, /** @type {HTMLSelectElement} */ (target).value);
  return html`<li>
    <label>
      <span class="import-title"><bdi dir="auto">${title || t("imports.untitled", { n: at + 1 })}</bdi></span>
      <select name="column-${at}" .value=${field} ?disabled=${busy} @change=${chosen}>
        <option value="" ?selected=${!field}>${t("imports.leave_out")}</option>
        ${FIELDS.map((name) => html`<option value=${name} ?selected=${name === field}>${fieldName(name)}</option>`)}
      </select>
    </label>
    <span class="soft import-samples"><bdi dir="auto">${examples || t("imports.no_samples")}</bdi></span>
    ${note ? html`<span class="error">${t(`imports.note.${note}`)}</span>` : nothing}
  </li>`;
}
