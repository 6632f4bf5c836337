/**
 * A modal dialog with a title and a close button; focus goes back where it came from (the browser sees to it).
 */

import { html, render } from "../../lib/dom.js";
import { t } from "../../i18n.js";

/** @param {string} id */
export function createDialog(id) {
  const dialog = document.createElement("dialog");
  dialog.id = id;
  dialog.className = "dialog";
  dialog.setAttribute("aria-labelledby", `${id}-title`);
  // a click beside the box closes it, as people expect
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  document.body.append(dialog);

  return {
    /** @param {string} title @param {unknown} inside */
    draw(title, inside) {
      render(
        drawBox(id, title, inside, () => dialog.close()),
        dialog,
      );
    },
    open: () => dialog.showModal(),
    close: () => dialog.close(),
    isOpen: () => dialog.open,
  };
}

/** @param {string} id @param {string} title @param {unknown} inside @param {() => void} close */
function drawBox(id, title, inside, close) {
  return html`<div class="dialog-box">
    <div class="panel-head">
      <h2 id="${id}-title">${title}</h2>
      <button type="button" class="icon-button" aria-label=${t("host.close")} @click=${close}>
        <span aria-hidden="true">×</span>
      </button>
    </div>
    ${inside}
  </div>`;
}
