/** A language by its name, in the one that is read. */

import { currentLang } from "../../app/i18n.js";

/** @param {string} code two letters; what is none is shown as it is */
export function languageName(code) {
  try {
    return new Intl.DisplayNames([currentLang()], { type: "language" }).of(code) ?? code;
  } catch {
    return code;
  }
}
