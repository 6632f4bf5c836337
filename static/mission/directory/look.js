/**
 * What somebody looks for in the directory, as the address says it: so it can be sent on, kept, and gone back to.
 * Pure.
 *
 * @typedef {"here"|"next"|"first"|"kind"|"country"|"place"|"sectors"|"languages"|"offers"|"seeks"} Facet
 * @typedef {{q: string, match: boolean, page: number, facets: Readonly<Record<string, readonly string[]>>}} Look
 */

import { folded } from "../../app/lib/words.js";

/** In the order in which they are offered. @type {readonly Facet[]} */
export const FACETS = ["here", "next", "first", "kind", "country", "offers", "seeks", "sectors", "place", "languages"];
/** Those that are on or off. @type {readonly string[]} */
export const SWITCHES = ["here", "next", "first"];
/** Words of the address that are the directory's. */
export const NAMES = ["q", "match", "page", ...FACETS];
export const WORDS_MAX = 100;
const VALUES_MAX = 30;
const PAGE_MAX = 999;

/** @type {Look} */
export const NOTHING = { q: "", match: false, page: 0, facets: {} };

/** @param {URLSearchParams} address whatever somebody wrote in it @returns {Look} */
export function lookOf(address) {
  /** @type {Record<string, string[]>} */
  const facets = {};
  let left = VALUES_MAX;
  for (const facet of FACETS) {
    const given = [...new Set(address.getAll(facet))].filter(Boolean);
    const values = SWITCHES.includes(facet) ? given.filter((value) => value === "true") : given.slice(0, left);
    left -= values.length;
    if (values.length) facets[facet] = values;
  }
  const page = Number(address.get("page"));
  return {
    q: (address.get("q") ?? "").slice(0, WORDS_MAX),
    match: address.get("match") === "1",
    // people count from one
    page: Number.isInteger(page) && page > 0 && page <= PAGE_MAX ? page - 1 : 0,
    facets,
  };
}

/** The same as words of an address, in one order, so that two that look alike are alike. @param {Look} look */
export function addressOf({ q, match, page, facets }) {
  const words = new URLSearchParams();
  if (q.trim()) words.set("q", q.trim());
  for (const facet of FACETS) for (const value of facets[facet] ?? []) words.append(facet, value);
  if (match) words.set("match", "1");
  if (page) words.set("page", String(page + 1));
  return words;
}

/** As the server is asked, which counts pages from nought. @param {Look} look @param {string} [known] what is there
 * already, by its mark */
export function askedOf(look, known = "") {
  const words = addressOf(look);
  if (known) words.set("known", known);
  words.delete("page");
  if (look.page) words.set("page", String(look.page));
  return words;
}

/** @param {Look} look @param {string} facet @param {string} value */
export const holds = (look, facet, value) => (look.facets[facet] ?? []).includes(value);

/** With a value of a facet or without it, whichever it is not; from its first page. @param {Look} look
 * @param {string} facet @param {string} value @returns {Look} */
export function toggled(look, facet, value) {
  const before = look.facets[facet] ?? [];
  const values = before.includes(value) ? before.filter((one) => one !== value) : [...before, value];
  const { [facet]: _, ...others } = look.facets;
  return { ...look, page: 0, facets: values.length ? { ...others, [facet]: values } : others };
}

/** Without one filter, `words` among them. @param {Look} look @param {string} name @returns {Look} */
export function without(look, name) {
  if (name === "words") return { ...look, q: "", page: 0 };
  const { [name]: _, ...facets } = look.facets;
  return { ...look, page: 0, facets };
}

/** Each value that is filtered by, as it can be taken away. @param {Look} look @returns {{facet: string, value: string}[]} */
export const chosen = ({ facets }) => FACETS.flatMap((facet) => (facets[facet] ?? []).map((value) => ({ facet, value })));

/** @param {Look} look */
export const isPlain = (look) => addressOf(look).size === 0;

/** By what the server knows an organisation, however people write it. @param {string} name */
export const keyOf = (name) => folded(name).replaceAll(".", "").replaceAll(",", " ").split(/\s+/).filter(Boolean).join(" ");
