/** Of what the fields of the editor of polls are made. What is written in them it keeps. */

import { t } from "../../app/i18n.js";
import { html, nothing } from "../../app/lib/dom.js";

/** @typedef {import("./editor.js").Form} Form */
/** @typedef {import("./draft.js").Wrong} Wrong */

/**
 * A field for words; its label is around it, or in `name`.
 * @param {Pick<Form, "wrong">} form @param {string|number} key @param {string|number} value
 * @param {{change: (value: string) => void, max?: number, name?: string, type?: string, mode?: string, hint?: string,
 *   keydown?: (event: KeyboardEvent) => void}} how
 */
export function field({ wrong }, key, value, { change, max = 20, name = "", type = "text", mode = "", hint = "", keydown }) {
  const isWrong = wrong?.field === key;
  return html`<input
    type=${type}
    data-field=${key}
    maxlength=${max}
    autocomplete="off"
    inputmode=${mode || nothing}
    aria-label=${name || nothing}
    placeholder=${hint || nothing}
    aria-invalid=${isWrong ? "true" : nothing}
    aria-describedby=${isWrong ? "editor-wrong" : nothing}
    .value=${String(value)}
    @input=${(/** @type {Event} */ event) => change(valueOf(event))}
    @keydown=${keydown ?? nothing}
  />`;
}

/** @param {Wrong|null} wrong @param {...Wrong["field"]} fields */
export const drawWrong = (wrong, ...fields) =>
  wrong && fields.includes(wrong.field) ? html`<p class="error" id="editor-wrong" role="alert">${wrong.text}</p>` : nothing;

/**
 * @param {string} label @param {string} name @param {string} value @param {[string, string][]} options value and words
 * @param {(value: string) => void} change
 */
export function choose(label, name, value, options, change) {
  return html`<label>
    ${label}
    <select data-field=${name} @change=${(/** @type {Event} */ event) => change(valueOf(event))}>
      ${options.map(([one, words]) => html`<option value=${one} .selected=${one === value}>${words}</option>`)}
    </select>
  </label>`;
}

/** @param {string} label @param {boolean} on @param {(on: boolean) => void} change @param {string} [name] */
export const tick = (label, on, change, name) =>
  html`<label class="check">
    <input type="checkbox" data-field=${name ?? nothing} .checked=${on} @change=${(/** @type {Event} */ event) => change(/** @type {HTMLInputElement} */ (event.target).checked)} />
    <span>${label}</span>
  </label>`;

/** @param {string} label @param {string} name @param {boolean} on @param {() => void} change */
export const radio = (label, name, on, change) =>
  html`<label class="check"><input type="radio" name=${name} .checked=${on} @change=${change} /> ${label}</label>`;

/** @param {"one"|"many"} choose */
export const chooseLabel = (choose) => t(`host.polls.choose_${choose}`);

/** @param {Event} event */
const valueOf = (event) => /** @type {HTMLInputElement} */ (event.target).value;
