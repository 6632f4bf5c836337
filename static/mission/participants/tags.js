/**
 * Short words, as many as are wanted: typed with Enter or a comma behind each, taken away by a press. What is
 * typed and not finished counts, too. Words that others use are offered, so that people find each other by them.
 */

import { t } from "../../app/i18n.js";
import { html, nothing } from "../../app/lib/dom.js";
import { icon } from "../../parts/icon.js";
import { said } from "../../parts/text.js";
import { x } from "../../vendor/icons.js";
import { ENDS, withTyped } from "./card_form.js";

/**
 * @param {{name: string, label: string, hint: string, tags: readonly string[], known: readonly string[], most: number,
 *   longest: number, error: string, named?: (tag: string) => unknown, changed: (tags: string[]) => void}} field
 */
export function tagField({ name, label, hint, tags, known, most, longest, error, named = said, changed }) {
  const id = `my-${name}`;
  /** @param {HTMLInputElement} input */
  const take = (input) => {
    const next = withTyped(tags, input.value).slice(0, most);
    input.value = "";
    if (next.length !== tags.length) changed(next);
  };
  const type = (/** @type {any} */ { target }) => ENDS.test(target.value) && take(target);
  // chosen from the list: no key is pressed
  const chose = (/** @type {any} */ { target }) => take(target);
  /** @param {KeyboardEvent} event */
  const key = (event) => {
    const input = /** @type {HTMLInputElement} */ (event.target);
    if (event.key === "Enter" && input.value.trim()) return event.preventDefault(), take(input);
    if (event.key === "Backspace" && !input.value && tags.length) changed(tags.slice(0, -1));
  };
  const drop = (/** @type {string} */ tag) => {
    changed(tags.filter((one) => one !== tag));
    document.getElementById(id)?.focus();
  };
  return html`<div class="field tag-field">
    <label for=${id}>${label}</label>
    ${tags.length
      ? html`<ul class="tag-line">${tags.map(
          (tag) => html`<li class="tag is-own">${named(tag)}<button type="button" class="tag-drop" aria-label=${t("me.tag.drop", { tag })} @click=${() => drop(tag)}>${icon(x)}</button></li>`,
        )}</ul>`
      : nothing}
    ${tags.length < most
      ? html`<input id=${id} data-tags=${name} list="${id}-known" maxlength=${(longest + 2) * most} autocomplete="off" enterkeyhint="done"
            aria-describedby="${id}-note" aria-invalid=${Boolean(error)} @input=${type} @keydown=${key} @change=${chose} />
          <datalist id="${id}-known">${known.filter((tag) => !tags.includes(tag)).map((tag) => html`<option value=${tag}></option>`)}</datalist>`
      : nothing}
    <span id="${id}-note" class=${error ? "error" : "hint"} role=${error ? "alert" : nothing}>${error || hint}</span>
  </div>`;
}
