/**
 * Words in the viewer's language, from one flat catalog per language, which the server joins from the LANG.json
 * of all folders (it keeps the words of hosts and of the stage from other pages; theirs say that they want them:
 * `data-words="host/"`). What is said when something went wrong comes later (`loadRare`), but for these.
 *
 * `t("people.count", {n: 3})` takes `people.count.one` (of one alone, in either language) or `.other` where the
 * catalog has them, and fills `{n}`. A key that is missing shows itself, so that it is found.
 */

import { asset } from "./asset.js";

export const LANGUAGES = ["en", "nl"];
/** Each language by its own name, whatever the current one. @type {Record<string, string>} */
export const LANGUAGE_NAMES = { en: "English", nl: "Nederlands" };

/** @type {Record<string, Record<string, string>>} */
const catalogs = {};
/** Of which languages we have the rare words, and whether we want them of the next. */
const rare = { has: new Set(), wanted: false };
let lang = "en";

/**
 * Fetch a language and make it the current one.
 * @param {string} wanted
 */
export async function loadCatalog(wanted) {
  const known = LANGUAGES.includes(wanted) ? wanted : "en";
  if (!catalogs[known]) {
    const whose = document.documentElement.dataset.words ?? "";
    const answer = await fetch(asset(`words/${whose}${known}.json`));
    addCatalog(known, await answer.json());
  }
  setLang(known);
  if (rare.wanted) await loadRare();
}

/** Fetch what is said when something was refused. Without it a refusal is said in the server's words.
 * @param {string} [code] of what ends the page, for what is said of that: a mission's are among its words; or
 *   `contacts/`, for what a session's page says of those, as for any folder whose words come with what says them */
export async function loadRare(code = "") {
  rare.wanted = true;
  const ours = document.documentElement.dataset.words;
  const ofMission = ours === "mission/" || /^(participant|mission)\./.test(code);
  const whose = ofMission ? "mission/rare/" : code.endsWith("/") ? code : (ours ?? (code ? "problem/" : "rare/"));
  const file = `words/${whose}${lang}.json`;
  const words = catalogs[lang];
  // who organises or asks to take part has all of a mission's
  if (rare.has.has(file) || whose === ours || /^(organise|join)/.test(ours ?? "")) return;
  try {
    const answer = await fetch(asset(file));
    Object.assign(words, await answer.json());
    rare.has.add(file);
  } catch {
    // the next one who needs it tries again
  }
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
  const counted = typeof params.n === "number" ? words[`${key}.${params.n === 1 ? "one" : "other"}`] : undefined;
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
  const make = () => new Intl.DateTimeFormat(locale(), options);
  // whoever travels meanwhile has another zone
  const kind = `${new Date(ms).getTimezoneOffset()} ${JSON.stringify(options)}`;
  return (options.timeZoneName ? make() : kept(`time ${kind}`, make)).format(ms);
}

/**
 * Whole numbers without a formatter: the first one that is made takes a phone a tenth of a second.
 * @param {number} value
 * @param {Intl.NumberFormatOptions} [options]
 */
export function formatNumber(value, options) {
  if (!options && Number.isInteger(value)) return String(value).replace(/\B(?=(\d{3})+$)/g, lang === "nl" ? "." : ",");
  const kind = JSON.stringify(options);
  return kept(`number ${kind}`, () => new Intl.NumberFormat(lang, options)).format(value);
}

/** @param {string} code ISO 3166 alpha-2; anything else is shown as it is */
export function countryName(code) {
  try {
    const names = kept("regions", () => new Intl.DisplayNames([lang], { type: "region" }));
    return (code && names.of(code)) || "";
  } catch {
    return code;
  }
}

/** @type {Map<string, any>} */
const formats = new Map();

/**
 * A formatter of the current language; to make one takes longer than to draw a line.
 * @template T
 * @param {string} what
 * @param {() => T} make
 * @returns {T}
 */
function kept(what, make) {
  const name = `${lang} ${what}`;
  if (!formats.has(name)) formats.set(name, make());
  return formats.get(name);
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
  return typeof value === "number" ? formatNumber(value) : isolated(value);
}

/** What runs the other way keeps its place in a line of ours, where no element can hold it. @param {string} text */
export const isolated = (text) => (/[\u0590-\u08ff\ufb1d-\ufefc]/.test(text) ? `\u2068${text}\u2069` : text);
