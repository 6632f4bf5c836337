/**
 * Words in the viewer's language, from one flat catalog per language (static/i18n/LANG.json; the server keeps
 * the hosts' own words from other pages, and a host's page says that it wants them: `data-words="host/"`).
 *
 * `t("people.count", {n: 3})` takes `people.count.one` or `.other` where the catalog has them, and fills
 * `{n}`. A key that is missing shows itself, so that it is found.
 */

export const LANGUAGES = ["en", "nl"];
/** Each language by its own name, whatever the current one. @type {Record<string, string>} */
export const LANGUAGE_NAMES = { en: "English", nl: "Nederlands" };

/** @type {Record<string, Record<string, string>>} */
const catalogs = {};
let lang = "en";
let plural = new Intl.PluralRules(lang);

/**
 * Fetch a language and make it the current one.
 * @param {string} wanted
 */
export async function loadCatalog(wanted) {
  const known = LANGUAGES.includes(wanted) ? wanted : "en";
  if (!catalogs[known]) {
    const whose = document.documentElement.dataset.words ?? "";
    const answer = await fetch(new URL(`../i18n/${whose}${known}.json`, import.meta.url));
    addCatalog(known, await answer.json());
  }
  setLang(known);
}

/**
 * @param {string} name
 * @param {Record<string, string>} words
 */
export function addCatalog(name, words) {
  catalogs[name] = words;
}

/** @param {string} name a language that has been loaded */
export function setLang(name) {
  lang = name;
  plural = new Intl.PluralRules(name);
  if (globalThis.document) document.documentElement.lang = name;
}

export function currentLang() {
  return lang;
}

/**
 * @param {string} key
 * @returns {boolean}
 */
export function has(key) {
  return catalogs[lang]?.[key] !== undefined;
}

/**
 * @param {string} key
 * @param {Record<string, string|number>} [params] `n`, a number, also chooses between `.one` and `.other`
 * @returns {string}
 */
export function t(key, params = {}) {
  const words = catalogs[lang] ?? {};
  const counted = typeof params.n === "number" ? words[`${key}.${plural.select(params.n)}`] : undefined;
  const text = counted ?? words[key] ?? words[`${key}.other`] ?? key;
  return text.replace(/\{(\w+)\}/g, (whole, name) => show(params[name], whole));
}

/**
 * What to tell somebody whose command was refused; the server's English text is the last resort.
 * @param {string} code e.g. `chat.too_long`
 * @param {string} [fallback]
 */
export function refusalText(code, fallback = "") {
  const dot = code.indexOf(".");
  const [first, last] = [code.slice(0, dot), code.slice(dot + 1)];
  const key = [`refused.${code}`, `refused.*.${last}`, `refused.${first}.*`].find(has);
  return key ? t(key) : fallback || t("refused.unknown");
}

/**
 * @param {number} ms Unix ms
 * @param {Intl.DateTimeFormatOptions} [options]
 */
export function formatTime(ms, options = { hour: "2-digit", minute: "2-digit" }) {
  return new Intl.DateTimeFormat(locale(), options).format(ms);
}

/**
 * For a picture that is seen in several time zones: this machine's with its name, and the one everybody knows.
 * @param {number} ms Unix ms
 * @returns {string} `17:00 CET (16:00 UTC)`
 */
export function timeEverywhere(ms) {
  /** @type {Intl.DateTimeFormatOptions} */
  const zoned = { hour: "2-digit", minute: "2-digit", timeZoneName: "short" };
  const here = formatTime(ms, zoned);
  const everywhere = formatTime(ms, { ...zoned, timeZone: "UTC" });
  // in winter London's clock is that one already
  return here.slice(0, 5) === everywhere.slice(0, 5) ? here : `${here} (${everywhere})`;
}

/**
 * @param {number} value
 * @param {Intl.NumberFormatOptions} [options]
 */
export function formatNumber(value, options = {}) {
  return new Intl.NumberFormat(lang, options).format(value);
}

/** @param {string} code ISO 3166 alpha-2; anything else is shown as it is */
export function countryName(code) {
  try {
    return (code && new Intl.DisplayNames([lang], { type: "region" }).of(code)) || "";
  } catch {
    return code;
  }
}

/** English with the 24-hour clock: half the viewers are Dutch, and 15:00 is 15:00 to everybody. */
function locale() {
  return lang === "en" ? "en-GB" : lang;
}

/**
 * @param {string|number|undefined} value
 * @param {string} whole
 */
function show(value, whole) {
  if (value === undefined) return whole;
  return typeof value === "number" ? formatNumber(value) : value;
}
