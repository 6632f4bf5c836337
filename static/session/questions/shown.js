/** How somebody who asks is shown: as they choose. */

import { t } from "../../app/i18n.js";
import { html, nothing } from "../../app/lib/dom.js";

/** The three ways to be shown, in the order of how much is shown. */
export const SHOWN = ["named", "organisation", "anonymous"];

/**
 * @param {{name: string, value: string, change: (shown: string) => void, brief?: boolean}} options
 *   `brief`: who sees what is said of the chosen one only
 */
export function shownChoice({ name, value, change, brief = false }) {
  const who = (/** @type {string} */ shown) => html`<br /><span class="soft">${t(`shown.${shown}.who`)}</span>`;
  return html`<fieldset class=${brief ? "in-a-row is-brief" : "shown"}>
    <legend>${t("shown.legend")}</legend>
    ${SHOWN.map(
      (shown) =>
        html`<label class="choice">
          <input type="radio" name=${name} .checked=${value === shown} @change=${() => change(shown)} />
          <span
            ><strong>${t(brief ? `shown.${shown}.short` : `shown.${shown}`)}</strong>${brief
              ? nothing
              : who(shown)}</span
          >
        </label>`,
    )}
    ${brief ? html`<p class="soft">${t(`shown.${value}.who`)}</p>` : nothing}
  </fieldset>`;
}
