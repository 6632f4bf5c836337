/** A country's flag, from its two letters. */

/** Regional indicators; systems without flags show the two letters. @param {string|undefined} code */
export function flag(code) {
  if (!/^[A-Za-z]{2}$/.test(code ?? "")) return "";
  return String.fromCodePoint(
    ...[.../** @type {string} */ (code).toUpperCase()].map((one) => 0x1f1a5 + one.charCodeAt(0)),
  );
}
