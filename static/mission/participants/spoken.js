/** Languages as somebody writes them: by their names in any language of ours, or as two letters. */

import { LANGUAGES } from "../../app/i18n.js";

const LETTERS = [..."abcdefghijklmnopqrstuvwxyz"];

/** Two letters by every name, once they are wanted. @type {Map<string, string>|null} */
let known = null;

/** @param {string} said @returns {string} its two letters; what is none is left as it is */
export function codeOf(said) {
  known ??= allNames();
  return known.get(said.trim().toLowerCase()) ?? said;
}

function allNames() {
  // one of the past has a newer code
  const codes = LETTERS.flatMap((a) => LETTERS.map((b) => a + b)).filter((code) => Intl.getCanonicalLocales(code)[0] === code);
  const names = LANGUAGES.map((lang) => new Intl.DisplayNames([lang], { type: "language" }));
  const named = names.flatMap((of) => codes.map((code) => /** @type {[string, string]} */ ([(of.of(code) ?? code).toLowerCase(), code])));
  return new Map([...named, ...codes.map((code) => /** @type {[string, string]} */ ([code, code]))]);
}
