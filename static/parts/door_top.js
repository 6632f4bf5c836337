/** What stands at the top of every door: whose house it is, and in which language one reads. */

import { currentLang, LANGUAGE_NAMES, LANGUAGES } from "../app/i18n.js";
import { html } from "../app/lib/dom.js";

/** @param {unknown} eyebrow @param {(lang: string) => void} choose */
export function doorTop(eyebrow, choose) {
  return html`<div class="door-top">
    <p class="eyebrow">${eyebrow}</p>
    <div class="row">
      ${LANGUAGES.map(
        (lang) =>
          html`<button
            type="button"
            class="button is-small is-quiet"
            lang=${lang}
            aria-pressed=${lang === currentLang()}
            @click=${() => choose(lang)}
          >
            ${LANGUAGE_NAMES[lang]}
          </button>`,
      )}
    </div>
  </div>`;
}
