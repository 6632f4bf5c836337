/**
 * Who is in the audience: "184 here: 71 SME, 38 consultancy …; NL 96 / US 88; 41 first time".
 *
 * Hosts, organisers and screens are not the audience; speakers are.
 *
 * @typedef {import('../records.js').Person} Person
 * @typedef {{key: string, count: number}} Share
 * @typedef {{here: number, firstTime: number, kinds: Share[], countries: Share[]}} Makeup
 */

import { isAudience } from "./order.js";

/** In the order in which organisations are named everywhere, then those who did not say. */
export const KINDS = ["sme", "consultancy", "knowledge", "local", "federal", "other", "none"];

/** How many of the audience are here. @param {readonly Person[]} people */
export const hereCount = (people) => people.filter(isAudience).length;

/**
 * @param {Iterable<Person>} people
 * @returns {Makeup} kinds in their fixed order, countries by size; none with a count of zero
 */
export function makeup(people) {
  const here = [...people].filter(isAudience);
  return {
    here: here.length,
    firstTime: here.filter((person) => person.first_time).length,
    kinds: inOrder(count(here.map((person) => person.kind || "none"))),
    countries: bySize(count(here.map((person) => person.country).filter(Boolean))),
  };
}

/**
 * The largest few, and the rest together.
 * @param {Share[]} shares
 * @param {number} most
 */
export function topAndRest(shares, most) {
  // a rest of one would take the place of naming that one
  const named = shares.length === most + 1 ? shares : shares.slice(0, most);
  const rest = shares.slice(named.length).reduce((sum, share) => sum + share.count, 0);
  return { named, rest };
}

/** @param {string[]} keys */
function count(keys) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return [...counts].map(([key, count]) => ({ key, count }));
}

/** @param {Share[]} shares */
function inOrder(shares) {
  const place = (/** @type {Share} */ share) => (KINDS.indexOf(share.key) + KINDS.length) % KINDS.length;
  return shares.sort((a, b) => place(a) - place(b));
}

/** @param {Share[]} shares */
function bySize(shares) {
  return shares.sort((a, b) => b.count - a.count || a.key.localeCompare(b.key));
}
