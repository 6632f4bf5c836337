/**
 * My card as a form has it, and what of it was changed. Pure.
 *
 * @typedef {{name: string, organisation: string, kind: string, country: string, place: string, pitch: string,
 *   link: string, say_as: string, email: string, phone: string, sectors: string[], offers: string[],
 *   seeks: string[], languages: string[]}} Fields
 */

export const LINES = /** @type {const} */ (["name", "organisation", "kind", "country", "place", "pitch", "link", "say_as", "email", "phone"]);
export const LISTS = /** @type {const} */ (["sectors", "offers", "seeks", "languages"]);

/** @param {Record<string, any>} me @returns {Fields} */
export const fieldsOf = (me) =>
  /** @type {Fields} */ (
    Object.fromEntries([...LINES.map((name) => [name, me[name] ?? ""]), ...LISTS.map((name) => [name, [...(me[name] ?? [])]])])
  );

/** What is other than it was: arguments of `change_card`. @param {Fields} now @param {Fields} before */
export function changes(now, before) {
  const trimmed = (/** @type {string|string[]} */ value) => (typeof value === "string" ? value.trim() : value);
  const names = [...LINES, ...LISTS].filter((name) => JSON.stringify(trimmed(now[name])) !== JSON.stringify(before[name]));
  return Object.fromEntries(names.map((name) => [name, trimmed(now[name])]));
}

/** Which field a refusal is about. @param {{code: string, field?: string}} why */
export const fieldOf = ({ code, field }) =>
  field || { person: "name", organisation: "organisation", say_as: "say_as" }[code.split(".")[0]] || "";

/** What ends a tag that is typed. */
export const ENDS = /[,;\n]/;

/** @param {readonly string[]} tags @param {string} typed @returns {string[]} each once, however it is written */
export function withTyped(tags, typed) {
  const all = [...tags];
  for (const word of typed.split(ENDS).map((part) => part.trim()).filter(Boolean))
    if (!all.some((tag) => tag.toLocaleLowerCase() === word.toLocaleLowerCase())) all.push(word);
  return all;
}
