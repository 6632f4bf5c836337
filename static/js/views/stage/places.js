/**
 * A country for people: its name in their language and its flag.
 */

/** @type {Map<string, Intl.DisplayNames>} */
const names = new Map();

/** @param {string|undefined} code  two letters; anything else is shown as it is @param {string} lang */
export function countryName(code, lang) {
  if (!isCode(code)) return code ?? '';
  try {
    return displayNames(lang).of(code.toUpperCase()) ?? code;
  } catch {
    return code;
  }
}

/** Regional indicators; systems without flags show the two letters. @param {string|undefined} code */
export function flag(code) {
  if (!isCode(code)) return '';
  return String.fromCodePoint(...[...code.toUpperCase()].map((letter) => 0x1f1a5 + letter.charCodeAt(0)));
}

/** @param {string|undefined} code @returns {code is string} */
const isCode = (code) => /^[A-Za-z]{2}$/.test(code ?? '');

/** @param {string} lang */
function displayNames(lang) {
  const known = names.get(lang) ?? new Intl.DisplayNames([lang], { type: 'region' });
  names.set(lang, known);
  return known;
}
