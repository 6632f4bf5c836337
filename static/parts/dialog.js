/**
 * A modal dialog with a title and a close button; focus goes back where it came from (the browser sees to it).
 */

import { find, html, intoDialog, render } from "../app/lib/dom.js";
import { t } from "../app/i18n.js";
import { x } from "../vendor/icons.js";
import { icon } from "./icon.js";

/** @param {string} id one there is already is used again */
export function createDialog(id) {
  const known = document.getElementById(id);
  const dialog = known instanceof HTMLDialogElement ? known : made(id);

  return {
    /** @param {unknown} title @param {unknown} inside */
    draw(title, inside) {
      render(
        drawBox(id, title, inside, () => dialog.close()),
        dialog,
      );
    },
    open: () => (dialog.showModal(), intoDialog(), find("[data-act=back]", dialog)?.focus()),
    close: () => dialog.close(),
    isOpen: () => dialog.open,
    /** @param {string} selector @returns {HTMLElement|null} */
    find: (selector) => dialog.querySelector(selector),
  };
}

/** @param {string} id */
function made(id) {
  const dialog = document.createElement("dialog");
  dialog.id = id;
  dialog.className = "dialog";
  // a browser that translates leaves what it cannot keep right
  dialog.translate = false;
  dialog.setAttribute("aria-labelledby", `${id}-title`);
  // a press on the backdrop is a press on the dialog itself, outside its box
  dialog.addEventListener("click", (event) => event.target === dialog && isOutside(event, dialog) && dialog.close());
  dialog.addEventListener("close", intoDialog);
  document.body.append(dialog);
  return dialog;
}

/** @param {MouseEvent} event @param {HTMLElement} element */
function isOutside({ clientX, clientY }, element) {
  const box = element.getBoundingClientRect();
  return clientX < box.left || clientX > box.right || clientY < box.top || clientY > box.bottom;
}

/** @param {string} id @param {unknown} title @param {unknown} inside @param {() => void} close */
function drawBox(id, title, inside, close) {
  return html`<div class="dialog-box">
    <div class="dialog-head">
      <h2 id="${id}-title">${title}</h2>
      <button type="button" class="icon-button" aria-label=${t("dialog.close")} @click=${close}>${icon(x)}</button>
    </div>
    ${inside}
  </div>`;
}
