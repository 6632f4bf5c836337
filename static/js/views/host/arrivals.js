/**
 * Which arrivals the greeting desk shows, and in which order; and how it holds still.
 *
 * With 300 people coming in within a minute a list that follows would move under the mouse. So while the
 * host points at it (or tabs through it), the list keeps the rows it had: newcomers are counted, rows that
 * were greeted stay where they are with their tick. Letting go shows what became of it.
 *
 * @typedef {import('../stage/records.js').Person} Person
 * @typedef {{all: boolean, search: string, order: 'newest'|'arrival'}} Wish
 */

import { isAudience } from "./makeup.js";

/**
 * The people a host may greet now, as wished.
 * @param {Iterable<Person>} people
 * @param {Wish} wish
 * @returns {Person[]}
 */
export function arrivals(people, wish) {
  const words = fold(wish.search).split(" ").filter(Boolean);
  const sign = wish.order === "newest" ? -1 : 1;
  return [...people]
    .filter((person) => person.here && isAudience(person))
    .filter((person) => wish.all || !person.greeted)
    .filter((person) => words.every((word) => searchable(person).includes(word)))
    .sort((a, b) => sign * ((a.since ?? 0) - (b.since ?? 0) || (a.id < b.id ? -1 : 1)));
}

/**
 * The rows to draw, and how many more there would be.
 * @param {Person[]} wanted  what `arrivals` says now
 * @param {string[]|null} held  ids on screen while the list holds still, or null
 * @param {(id: string) => Person|undefined} get
 * @returns {{rows: Person[], fresh: number}}
 */
export function heldStill(wanted, held, get) {
  if (!held) return { rows: wanted, fresh: 0 };
  const kept = new Set(held);
  const rows = held.map(get).filter((person) => person !== undefined);
  return { rows, fresh: wanted.filter((person) => !kept.has(person.id)).length };
}

/**
 * Whom "greet next" means: the first one on screen whom nobody has greeted.
 * @param {Person[]} rows
 */
export const nextToGreet = (rows) => rows.find((person) => !person.greeted && person.here);

/**
 * Raised hands, first come first served.
 * @param {Iterable<Person>} people
 */
export function raisedHands(people) {
  return [...people].filter((person) => person.here && person.hand).sort((a, b) => Number(a.hand) - Number(b.hand));
}

/** @param {Person} person */
const searchable = (person) =>
  fold([person.name, person.organisation, person.country, person.say_as ?? ""].join(" "));

/** "Zoë" is found by "zoe". @param {string} text */
const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
