/** People as they are pasted: one a line, or one after another as in the field of a letter. Pure. */

/** @typedef {{name: string, email: string, organisation: string}} Line */

const EMAIL = /[^\s<>,;()"']+@[^\s<>,;()"']+\.[^\s<>,;()"']+/;
/** Between what is said of one. */
const BETWEEN = /[,;\t<>|]+/;
/** Between two people of one line: `Ada <ada@x.org>, Bob <bob@y.org>`. */
const NEXT = /(?<=>)\s*[,;]\s*/;

/** What stands above a column in which addresses stand. */
const TITLE = /^(e-?mail|mail)/i;

/**
 * Who is meant: each with an address, and a name, which the address makes do for where there is none. A line without
 * an address is nobody: it is told by its number, with what stands in it. Titles above a list are passed over.
 * @param {string} text
 * @returns {{people: Line[], strays: {number: number, line: string}[]}}
 */
export function peopleOf(text) {
  const lines = text.split("\n").flatMap((line, at) => line.split(NEXT).map((part) => ({ number: at + 1, line: part.trim() })));
  const said = lines.filter(({ line }) => /[\p{L}\p{N}]/u.test(line) && !isTitles(line));
  const meant = (/** @type {string} */ line) => EMAIL.test(line);
  return { people: said.filter(({ line }) => meant(line)).map(({ line }) => personOf(line)), strays: said.filter(({ line }) => !meant(line)) };
}

/** @param {string} line */
const isTitles = (line) => !EMAIL.test(line) && line.split(BETWEEN).length > 1 && line.split(BETWEEN).some((title) => TITLE.test(title.trim()));

/** @param {string} line @returns {Line} */
function personOf(line) {
  const email = EMAIL.exec(line)?.[0] ?? "";
  const words = line
    .replace(email, "\t")
    .split(BETWEEN)
    .map((part) => part.replace(/^["'\s]+|["'\s]+$/g, ""))
    .filter(Boolean);
  const [name = nameOf(email) || email, organisation = ""] = words;
  return { name, email, organisation };
}

/** As somebody is called in their address: ada.lovelace is Ada Lovelace. @param {string} email */
function nameOf(email) {
  const words = email.split("@")[0].split(/[._+-]+/).filter((word) => /\p{L}/u.test(word));
  return words.map((word) => word[0].toUpperCase() + word.slice(1)).join(" ");
}
