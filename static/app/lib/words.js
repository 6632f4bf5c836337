/** People's words: links in them, their length, initials. Pure; drawing is the views' affair. */

const WEB = /https?:\/\/[^\s<>"'`\\]+/gi;
/** What a browser takes for the site, as it is written: up to a slash, a question mark or a hash. */
const SITE = /^https?:\/\/([^/?#\\]*)/i;
/** Letters, digits, marks and dots, and a port; what looks like a slash, or a name before an @, is there to deceive. */
const PLAIN = /^[\p{L}\p{M}\p{Nd}._\-]+(:\d+)?$|^\[[\da-f:.]+\](:\d+)?$/iu;
/** A number where a site's name should be; browsers write each as four numbers, or in brackets. */
const NUMBER = /^\[|^\d+(\.\d+){3}$/;
/** Names that every network answers as it likes, and those of a single word. */
const OWN = /(^|\.)(localhost|local|localdomain|internal|intranet|private|corp|home|lan|home\.arpa)$|^[^.]*$/;
/** Names made of a number, sites that lead to whatever number the name holds, and no name. */
const NUMBERED = /(^|[.-])\d{1,3}([.-]\d{1,3}){3}\.|(^|\.)(nip\.io|sslip\.io|xip\.io|localtest\.me|lvh\.me)$|(^|\.)\./;
/** What follows a link in a sentence is rarely part of it. */
const TAIL = /[.,;:!?…]+$/;

/** @typedef {{text: string, href: string|null}} Piece */

/**
 * Split words into plain pieces and links: only such as say where they lead.
 * @param {string} text
 * @returns {Piece[]}
 */
export function pieces(text) {
  /** @type {Piece[]} */
  const found = [];
  let from = 0;
  for (const match of text.matchAll(WEB)) {
    const link = trimmed(match[0]);
    const href = safeHref(link);
    if (!href) continue;
    if (match.index > from) found.push({ text: text.slice(from, match.index), href: null });
    found.push({ text: shownAs(link, href), href });
    from = match.index + link.length;
  }
  if (from < text.length) found.push({ text: text.slice(from), href: null });
  return found;
}

/** A link leads where it says: a site in other letters than ours is shown by the name that browsers know it by.
 * @param {string} link as written @param {string} href */
function shownAs(link, href) {
  const site = siteOf(link);
  return isAscii(site) ? link : link.replace(site, () => new URL(href).host);
}

/** Whether it leads to somebody's site by its name, which is the same for every reader. @param {string} href */
function isSomebodys(href) {
  const name = new URL(href).hostname.replace(/\.$/, "");
  return ![NUMBER, OWN, NUMBERED].some((kind) => kind.test(name));
}

/** @param {string} link */
const siteOf = (link) => SITE.exec(link)?.[1] ?? "";

/** @param {string} text */
const isAscii = (text) => !/[^\0-\x7f]/.test(text);

/** @param {string} link */
function trimmed(link) {
  let shorter = link.replace(TAIL, "");
  // a closing bracket belongs to the link only if the link opened it
  while (/[)\]}]$/.test(shorter) && !isBalanced(shorter)) shorter = shorter.slice(0, -1).replace(TAIL, "");
  return shorter;
}

/** @param {string} link */
function isBalanced(link) {
  const count = (/** @type {RegExp} */ pattern) => (link.match(pattern) ?? []).length;
  return count(/[([{]/g) >= count(/[)\]}]/g);
}

/**
 * What may be pressed among people's words.
 * @param {string|undefined|null} link
 * @returns {string|null} the address, if it is one of the web and hides nowhere where it leads
 */
export function safeHref(link) {
  const href = webHref(link);
  return href && isSomebodys(href) ? href : null;
}

/**
 * An address that an organiser gave, of any machine.
 * @param {string|undefined|null} link
 * @returns {string|null} the address, if it is one of the web
 */
export function webHref(link) {
  try {
    const url = new URL(link ?? "");
    return /^https?:$/.test(url.protocol) && PLAIN.test(siteOf((link ?? "").trim())) ? url.href : null;
  } catch {
    return null;
  }
}

/** @param {string} link a link as people say it: without https:// and a last slash */
export function shortLink(link) {
  return link.replace(/^https?:\/\/(www\.)?/i, "").replace(/\/$/, "");
}

/** Length as the server counts it, in code points. @param {string} text */
export function lengthOf(text) {
  return [...text].length;
}

/** @param {string} name */
export function initials(name) {
  const words = name.split(/\s+/).filter((word) => /^\p{L}/u.test(word));
  const capital = words.filter((word) => /^\p{Lu}/u.test(word));
  const [first, ...rest] = capital.length > 1 ? capital : words;
  const last = rest.at(-1) ?? "";
  return ([...(first ?? name)][0] ?? "?").toUpperCase() + ([...last][0] ?? "").toUpperCase();
}

/** A steady hue for a person's disc. @param {string} id */
export function hueOf(id) {
  let sum = 0;
  for (const character of id) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 360;
  return sum;
}

/** Letters that are no other letter with a mark, as those type them who have no such key. */
const TYPED = /** @type {Record<string, string>} */ (
  Object.fromEntries("ø=o ł=l đ=d ð=d þ=th ß=ss æ=ae œ=oe ı=i ħ=h ŧ=t ŋ=n".split(" ").map((pair) => pair.split("=")))
);

/** As it is searched for: "zoe" is Zoë, "lukasz" Łukasz, "o'brien" O’Brien, "jan willem" Jan-Willem. @param {string} text */
export const folded = (text) =>
  text
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[\p{M}'’‘ʼ`´]/gu, "")
    .replace(/[øłđðþßæœıħŧŋ]/g, (letter) => TYPED[letter])
    .replace(/[\s\p{Pd}]+/gu, " ")
    .trim();

/** Whether all words that are looked for stand in a text, in any order, as far as written. @param {string} search */
export function finder(search) {
  const words = folded(search).split(" ").filter(Boolean);
  return (/** @type {(string|undefined)[]} */ ...texts) => {
    const text = folded(texts.join(" "));
    return words.every((word) => text.includes(word));
  };
}

/** The name people say, where the first word of it is one. @param {string} name */
export function firstName(name) {
  const [first] = name.split(" ");
  return /[.,\d]/.test(first) ? name : first;
}
