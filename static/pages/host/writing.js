/** A host begins to write to everybody, from wherever there is nothing yet. */

import { find } from "../../app/lib/dom.js";

/** @param {import("../host.js").Host} host @param {string} [words] to begin with, unless something is being written */
export function beginWriting(host, words = "") {
  host.ui.set({ tab: "chat" });
  const chat = host.place("chat");
  host.place("panels").dataset.tab = "chat";
  const field = /** @type {HTMLTextAreaElement|null} */ (find("textarea", chat));
  if (!field) return;
  if (!field.value) field.value = words;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.focus();
}
