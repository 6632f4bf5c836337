/**
 * What kind of poll it is: by what it is for, each with a small example; one line once it is chosen. What is chosen the
 * editor keeps.
 */

import { t } from "../../app/i18n.js";
import { find, html } from "../../app/lib/dom.js";
import { FORMS, WITH_OPTIONS } from "./draft.js";

/** @typedef {import("./editor.js").Form} Form */
/** @typedef {import("./draft.js").FormName} FormName */

/** @param {Form} form */
export function drawForms({ draft, amend }) {
  const pick = (/** @type {FormName} */ name) => amend({ form: name, first: "", moderated: name === "text", ...(WITH_OPTIONS.has(name) && draft.options.length < 2 ? { options: ["", ""] } : {}) });
  const shut = () => (find("details.editor-forms")?.removeAttribute("open"), find(".editor [data-field=question]")?.focus());
  const done = (/** @type {KeyboardEvent} */ event) => event.key === "Enter" && (event.preventDefault(), shut());
  // a press on one is a choice made; arrow keys go on through them
  const pressed = (/** @type {MouseEvent} */ event) => event.detail > 0 && shut();
  return html`<details class="editor-forms">
    <summary><span class="editor-form-is">${t("host.editor.form")}</span> <span class="editor-form-now">${t(`host.form.${draft.form}`)}</span></summary>
    <div role="radiogroup" aria-label=${t("host.editor.form")} @keydown=${done}>
      ${FORMS.map(
        (name) => html`<label class="editor-form">
          <input type="radio" name="form" value=${name} .checked=${draft.form === name} @change=${() => pick(name)} @click=${pressed} />
          <span>
            <strong>${t(`host.form.${name}`)}</strong>
            <span class="editor-form-for">${t(`host.form.${name}.for`)}</span>
            <span class="editor-form-as">${t(`host.form.${name}.as`)}</span>
          </span>
        </label>`,
      )}
    </div>
  </details>`;
}
