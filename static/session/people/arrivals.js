/**
 * Which arrivals the greeting desk shows, and in which order; and how it holds still.
 *
 * With 300 people coming in within a minute a list that follows would move under the mouse. So while the
 * host points at it (or tabs through it), the list keeps the rows it had: newcomers are counted, rows that
 * were greeted stay where they are with their tick. Letting go shows what became of it.
 *
 * @typedef {import('../records.js').Person} Person
 * @typedef {{all: boolean, search: string, order: 'offered'|'newest'|'arrival'}} Wish
 */

import { finder } from "../../app/lib/words.js";
import { isAudience } from "./order.js";
import { hasWeeks, rank, underHeard } from "./week.js";

/**
 * The people a host may greet now, as wished.
 * @param {Iterable<Person>} people
 * @param {Wish} wish
 * @returns {Person[]}
 */
export function arrivals(people, wish) {
  const isFound = finder(wish.search);
  // who looks for somebody finds them, greeted or not
  const all = wish.all || Boolean(wish.search.trim());
  const everybody = [...people];
  const order = orderOf(wish, everybody);
  const sign = order === "newest" ? -1 : 1;
  const seldom = order === "offered" ? underHeard(everybody) : new Set();
  const place = (/** @type {Person} */ person) => (order === "offered" ? rank(person, seldom) : 0);
  return everybody
    .filter(isAudience)
    .filter((person) => all || !person.greeted)
    .filter(({ name, organisation, country, say_as }) => isFound(name, organisation, country, say_as))
    .sort((a, b) => place(a) - place(b) || sign * ((a.since ?? 0) - (b.since ?? 0) || (a.id < b.id ? -1 : 1)));
}

/**
 * Whom to greet is offered where a mission knows people; elsewhere the newest come first.
 * @param {Wish} wish
 * @param {readonly Person[]} people
 */
export const orderOf = ({ order }, people) => (order === "offered" && !hasWeeks(people) ? "newest" : order);

/** What the button for it leads to. @param {Wish} wish @param {readonly Person[]} people @returns {Wish["order"]} */
export function nextOrder(wish, people) {
  const order = orderOf(wish, people);
  if (order === "newest") return "arrival";
  return order === "arrival" && hasWeeks(people) ? "offered" : "newest";
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

/** A wave is told in passing. */
export const WAVE_TOLD_MS = 30_000;

/**
 * Who waved back lately, the last one first.
 * @param {readonly Person[]} people
 * @param {number} now Unix ms
 */
export function wavers(people, now) {
  const waved = (/** @type {Person} */ person) => person.greeted?.waved ?? 0;
  return people.filter((person) => waved(person) > now - WAVE_TOLD_MS).sort((a, b) => waved(b) - waved(a));
}
