/** People as they are pasted: one a line, or one after another as in the field of a letter. Pure. */

/** @typedef {{name: string, email: string, organisation: string}} Line */

const EMAIL = /[^\s<>,;()"']+@[^\s<>,;()"']+\.[^\s<>,;()"']+/;
/** Between two people of one line: `Ada <ada@x.org>, Bob <bob@y.org>`. */
const NEXT = /(?<=>)\s*[,;]\s*/;

/**
 * Who is meant: each with a name, which an address makes do for where there is none.
 * @param {string} text
 * @returns {Line[]}
 */
export function peopleOf(text) {
  const lines = text.split("\n").flatMap((line) => line.split(NEXT));
  return lines.map(personOf).filter((person) => person.name);
}

/** @param {string} line @returns {Line} */
function personOf(line) {
  const email = EMAIL.exec(line)?.[0] ?? "";
  const words = line
    .replace(email, "\t")
    .split(/[,;\t<>|]+/)
    .map((part) => part.replace(/^["'\s]+|["'\s]+$/g, ""))
    .filter(Boolean);
  const [name = nameOf(email), organisation = ""] = words;
  return { name, email, organisation };
}

/** As somebody is called in their address: ada.lovelace is Ada Lovelace. @param {string} email */
function nameOf(email) {
  const words = email.split("@")[0].split(/[._+-]+/).filter((word) => /\p{L}/u.test(word));
  return words.map((word) => word[0].toUpperCase() + word.slice(1)).join(" ");
}
