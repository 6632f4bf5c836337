/** Fields that grow with what is written in them, where the browser does not do so itself (WebKit, Firefox). */

/** What CSS lets grow; its `max-height` is the end of it. */
const GROWING = ".composer textarea";

/** @param {Document} page */
export function growFields(page) {
  if (CSS.supports("field-sizing", "content")) return;
  // afterwards, since what is sent is cleared by the page and not by a key
  const soon = () => requestAnimationFrame(() => fitAll(page));
  for (const event of ["input", "submit", "keydown", "click", "focusin"]) page.addEventListener(event, soon);
}

/** @param {Document} page */
function fitAll(page) {
  for (const field of page.querySelectorAll(GROWING)) fit(/** @type {HTMLTextAreaElement} */ (field));
}

/** As high as its words, and its borders, which `scrollHeight` leaves out. @param {HTMLTextAreaElement} field */
export function fit(field) {
  const { style } = field;
  style.height = "auto";
  style.height = `${field.scrollHeight + field.offsetHeight - field.clientHeight}px`;
}
