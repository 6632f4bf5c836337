/**
 * How many there are of what a host wants to hear about, and what was added since: pure.
 *
 * @typedef {import("./news.js").Tally} Tally
 * @typedef {{all: (kind: string) => readonly any[]}} Records
 */

import { isAudience } from "./makeup.js";

/** @param {Records} records @returns {Tally} */
export function tally(records) {
  const people = records.all("person").filter((person) => person.here && isAudience(person));
  return {
    arrivals: people.length,
    hands: people.filter((person) => person.hand).length,
    questions: records.all("question").filter((question) => ["held", "open"].includes(question.state)).length,
    messages: records.all("message").length,
  };
}

/** @param {Tally} before @param {Tally} now @returns {[keyof Tally, number][]} only what grew */
export function newsSince(before, now) {
  const grown = /** @type {[keyof Tally, number][]} */ (Object.entries(now));
  return grown
    .map(([what, n]) => /** @type {[keyof Tally, number]} */ ([what, n - before[what]]))
    .filter(([, n]) => n > 0);
}
