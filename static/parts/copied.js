/** Something to be taken along whole: a field of it, and a button that copies it. */

import { announce, find, html } from "../app/lib/dom.js";
import { t } from "../app/i18n.js";
import { check } from "../vendor/icons.js";
import { icon } from "./icon.js";

/** @param {string} label @param {string} text */
export function copied(label, text) {
  const all = (/** @type {FocusEvent} */ event) => /** @type {HTMLInputElement} */ (event.target).select();
  return html`<div class="renewed">
    <label>${label}<input readonly .value=${text} @focus=${all} /></label>
    <button type="button" class="button is-small" @click=${copy}>
      <span class="copied">${icon(check)}</span>${t("host.copy")}
    </button>
  </div>`;
}

/** Also where no clipboard is given: on a page without https. @param {Event} event */
function copy({ currentTarget }) {
  const button = /** @type {HTMLButtonElement} */ (currentTarget);
  find("input", /** @type {HTMLElement} */ (button.parentElement))?.focus();
  const done = document.execCommand("copy");
  announce(t(done ? "host.copied" : "host.copy.not"));
  button.classList.toggle("is-copied", done);
}
