/**
 * How a stage looks, as its address says. Pure. All of it may be left out, and what makes no sense is as good as
 * left out: a picture on air does not go away for a slip in an address.
 *
 * @typedef {object} Options
 * @property {boolean} isOver over a video: the cards alone, nothing behind them
 * @property {"dark"|"light"} theme
 * @property {string} place of the card over a video, one of `PLACES`
 * @property {string} size of it, one of `SIZES`
 * @property {string} card its colour, six hexadecimal digits; empty for the theme's
 * @property {string} accent colour of what is live
 * @property {boolean|null} join whether it is shown where to join; null as the session says
 * @property {string|null} logo address of a picture; empty for none, null as the session says
 * @property {string} zone whose time is told, `Europe/Amsterdam`; empty for this machine's
 */

import { safeHref } from "../../app/lib/words.js";

export const PLACES = ["bottom", "bottom-left", "bottom-right", "top", "top-left", "top-right"];
export const SIZES = ["normal", "small", "large"];

const OWN_PATH = /^\/[\w.~-][\w./~-]*$/;

/** @param {string} search of an address @returns {Options} */
export function optionsOf(search) {
  const said = new URLSearchParams(search);
  const word = (/** @type {string} */ name) => (said.get(name) ?? "").trim().toLowerCase();
  return {
    isOver: isYes(word("transparent")) === true,
    theme: word("theme") === "light" ? "light" : "dark",
    place: oneOf(PLACES, word("place")),
    size: oneOf(SIZES, word("size")),
    card: colourOf(word("card")),
    accent: colourOf(word("accent")),
    join: isYes(word("join")),
    logo: logoOf(said.get("logo")),
    zone: zoneOf(said.get("zone")),
  };
}

/** The address of a stage that looks so, as short as it can be. @param {Partial<Options>} options */
export function searchOf(options) {
  const { isOver, theme, place, size, card, accent, join } = { ...DEFAULTS, ...options };
  const words = {
    transparent: isOver && "1",
    theme: theme !== DEFAULTS.theme && theme,
    place: isOver && place !== DEFAULTS.place && place,
    size: isOver && size !== DEFAULTS.size && size,
    card,
    accent,
    join: join !== null && (join ? "1" : "0"),
  };
  const said = Object.entries(words).filter(([, value]) => value);
  return new URLSearchParams(/** @type {[string, string][]} */ (said)).toString();
}

/** @param {readonly string[]} words the first of them stands for any other @param {string} said */
const oneOf = (words, said) => (words.includes(said) ? said : words[0]);

/** @param {string} said */
const isYes = (said) => (["1", "true", "yes", "on"].includes(said) ? true : ["0", "false", "no", "off"].includes(said) ? false : null);

/** @param {string} said */
function colourOf(said) {
  const digits = said.replace(/^#/, "");
  if (/^[\da-f]{6}$/.test(digits)) return digits;
  return /^[\da-f]{3}$/.test(digits) ? [...digits].map((digit) => digit + digit).join("") : "";
}

/** A picture of this server's own, or by https of a site by its name; `0` for none. @param {string|null} said */
function logoOf(said) {
  if (said === null) return null;
  if (isYes(said) === false) return "";
  return isPicture(said) ? said : null;
}

/** @param {string} address */
const isPicture = (address) => isOwn(address) || (/^https:\/\/[^#]+$/i.test(address) && isNamed(address));

/** By a name in plain letters: which others deceive, the server knows, and tells in the setting. @param {string} address */
function isNamed(address) {
  const href = safeHref(address);
  return href !== null && !/^https:\/\/([^/]*\.)?xn--/.test(href);
}

/** @param {string} address */
export const isOwn = (address) => OWN_PATH.test(address);

/** @param {string|null} said */
function zoneOf(said) {
  try {
    return said ? new Intl.DateTimeFormat("en", { timeZone: said }).resolvedOptions().timeZone : "";
  } catch {
    return "";
  }
}

export const DEFAULTS = optionsOf("");
