/** A dialog of its own for each use; the browser keeps the focus in it and gives it back. */

/**
 * @param {(dialog: HTMLDialogElement) => void} draw called before it opens, so that there is something to focus
 * @returns {HTMLDialogElement} open; gone from the page once closed
 */
export function openDialog(draw) {
  const dialog = document.createElement("dialog");
  draw(dialog);
  dialog.addEventListener("close", () => dialog.remove());
  // a press on the backdrop is a press on the dialog itself, outside its content's box
  dialog.addEventListener("click", (event) => event.target === dialog && isOutside(event, dialog) && dialog.close());
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

/**
 * @param {MouseEvent} event
 * @param {HTMLElement} element
 */
function isOutside({ clientX, clientY }, element) {
  const box = element.getBoundingClientRect();
  return clientX < box.left || clientX > box.right || clientY < box.top || clientY > box.bottom;
}
