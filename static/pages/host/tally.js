/**
 * How many there are of what a host wants to hear about, and what was added since: pure.
 *
 * @typedef {import("./news.js").Tally} Tally
 * @typedef {{all: (kind: string) => readonly any[]}} Records
 */

import { isAudience } from "../../session/people/order.js";

/** @param {Records} records @param {number} [until] Unix ms up to which messages were counted before @returns {Tally} */
export function tally(records, until = 0) {
  const people = records.all("person").filter(isAudience);
  return {
    arrivals: people.length,
    waves: people.filter((person) => person.greeted?.waved).length,
    hands: people.filter((person) => person.hand).length,
    questions: records.all("question").filter((question) => ["held", "open"].includes(question.state)).length,
    // not by how many there are: older ones come when somebody scrolls up, and go again
    messages: records.all("message").filter((message) => message.at > until).length,
  };
}

/** @param {Tally} before @param {Tally} now @returns {[keyof Tally, number][]} only what grew */
export function newsSince(before, now) {
  const grown = /** @type {[keyof Tally, number][]} */ (Object.entries(now));
  return grown
    .map(([what, n]) => /** @type {[keyof Tally, number]} */ ([what, n - before[what]]))
    .filter(([, n]) => n > 0);
}
