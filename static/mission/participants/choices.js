/** What is chosen from a list: kinds of organisation, and countries. */

import { countryName, currentLang } from "../../app/i18n.js";

/** Nobody's word but one's own: none is set beforehand. */
export const KINDS = ["", "sme", "consultancy", "knowledge", "local", "federal", "other"];
/** Offered first. */
const NEAR = ["NL", "US", "BE", "DE", "FR", "GB", "CA", "DK", "NO", "SE"];
/** Regions and groups have names, too, but nobody lives there. */
const NOWHERE = /^(EU|EZ|UN|ZZ|XA|XB|QO|[QX][M-Z])$/;

/** All countries the browser can name, one's own and the near ones first. @param {string} own @param {string} none in
 * words @returns {string[][]} code and name */
export function countries(own, none) {
  const first = [...new Set([own, ...NEAR])].filter(Boolean);
  const rest = codes()
    .filter((code) => !first.includes(code))
    .map((code) => [code, countryName(code)])
    .sort((a, b) => a[1].localeCompare(b[1], currentLang()));
  return [["", none], ...first.map((code) => [code, countryName(code)]), ...rest];
}

function codes() {
  const letters = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"];
  const all = letters.flatMap((a) => letters.map((b) => a + b));
  // a country of the past has a newer code
  const isCountry = (/** @type {string} */ code) => !NOWHERE.test(code) && Intl.getCanonicalLocales(`und-${code}`)[0] === `und-${code}`;
  return all.filter((code) => isCountry(code) && countryName(code) !== code);
}
