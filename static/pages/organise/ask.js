/** One question before what cannot be undone, with a line to write where that is wanted. */

import { t } from "../../app/i18n.js";
import { focusFirst, html, nothing } from "../../app/lib/dom.js";
import { createDialog } from "../../parts/dialog.js";
import { sure } from "../../parts/sure.js";

/**
 * @typedef {{title: string, text: string, yes: string, danger?: boolean, field?: {label: string, most: number}}} Question
 * `field` is a line that may be left empty
 */

/** @param {string} id @returns {(question: Question) => Promise<string|null>} what was written, empty too; null for no */
export function createAsk(id) {
  const dialog = createDialog(id);
  /** @type {(answer: string|null) => void} */
  let answered = () => {};

  /** @param {SubmitEvent} event */
  function yes(event) {
    event.preventDefault();
    const said = new FormData(/** @type {HTMLFormElement} */ (event.target)).get("said");
    answered(String(said ?? ""));
    dialog.close();
  }

  return (question) => {
    answered(null);
    const { title, text, yes: label, danger = true, field } = question;
    dialog.draw(
      title,
      html`<form class="stack" @submit=${yes}>
        <p>${text}</p>
        ${field ? html`<label class="stack-label">${field.label}<textarea name="said" rows="2" maxlength=${field.most} .value=${""}></textarea></label>` : nothing}
        ${sure({ label: t("organise.cancel"), run: dialog.close }, { label, isCalm: !danger })}
      </form>`,
    );
    dialog.open();
    const element = document.getElementById(id);
    if (field && element) focusFirst(/** @type {ParentNode} */ (element.querySelector("form")));
    // also by Escape, and beside it
    element?.addEventListener("close", () => answered(null), { once: true });
    return new Promise((resolve) => (answered = resolve));
  };
}
