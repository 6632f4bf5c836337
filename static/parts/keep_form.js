/** Forms that are filled with what is, and keep what somebody changed in them. */

/**
 * The fields that were changed stand as they were left, and are kept as they change.
 * @param {HTMLFormElement} form
 * @param {ReturnType<typeof import("../app/lib/drafts.js").draftOf>} draft
 */
export function keepForm(form, draft) {
  const changed = draft.get() ?? {};
  for (const [name, value] of Object.entries(changed)) {
    const field = /** @type {HTMLInputElement|null} */ (form.elements.namedItem(name));
    if (field) field[partOf(field)] = /** @type {never} */ (value);
  }
  form.oninput = ({ target }) => {
    const field = /** @type {HTMLInputElement} */ (target);
    changed[field.name] = field[partOf(field)];
    draft.set(changed);
  };
}

/** What of a field somebody changes. @param {HTMLInputElement} field */
const partOf = ({ type }) => (type === "checkbox" ? "checked" : "value");
