/** People's words: links in them, their length, initials. Pure; drawing is the views' affair. */

const WEB = /https?:\/\/[^\s<>"'`\\]+/gi;
/** What a browser takes for the site, as it is written: up to a slash, a question mark or a hash. */
const SITE = /^https?:\/\/([^/?#\\]*)/i;
/** Letters, digits, marks and dots, and a port; what looks like a slash, or a name before an @, is there to deceive. */
const PLAIN = /^[\p{L}\p{M}\p{Nd}._\-]+(:\d+)?$|^\[[\da-f:.]+\](:\d+)?$/iu;
/** What follows a link in a sentence is rarely part of it. */
const TAIL = /[.,;:!?…]+$/;

/** @typedef {{text: string, href: string|null}} Piece */

/**
 * Split words into plain pieces and links. Only http and https, and only what a URL parser accepts.
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
 * @param {string|undefined|null} link
 * @returns {string|null} the address, if it is one of the web and hides nowhere where it leads
 */
export function safeHref(link) {
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
