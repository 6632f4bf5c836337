/**
 * Whose question comes first where voices are to be spread: of reasons that hosts see, each with its weight. Pure.
 *
 * It knows of an asker what their card on the board says and no more: of one who is shown by their organisation, where
 * they are from; of one who is not named, nothing.
 *
 * @typedef {import("../records.js").Question} Question
 * @typedef {import("../records.js").Person} Person
 * @typedef {keyof typeof WEIGHTS} Reason
 */

export const WEIGHTS = /** @type {const} */ ({ hour: 4, week: 3, kind: 2, country: 1 });

/** Whose turn in the picture it was, or is. @param {Question} question */
const isHeard = ({ live_at: live, state }) => live !== null || state === "live";

/**
 * What speaks for each of them.
 * @param {readonly Question[]} all of the session @param {(id: string) => Person|undefined} personOf
 */
export function fairness(all, personOf) {
  const heard = all.filter(isHeard);
  const of = (/** @type {"id"|"kind"|"country"} */ what) => new Set(heard.map(({ asker }) => asker[what]).filter(Boolean));
  const [people, kinds, countries] = [of("id"), of("kind"), of("country")];

  /** @param {Question} question @returns {Reason[]} the heaviest first */
  function reasonsOf({ asker }) {
    const week = asker.id ? personOf(asker.id)?.week : undefined;
    const holds = {
      hour: Boolean(asker.id) && !people.has(asker.id),
      week: Boolean(week) && !week?.spoke?.length,
      kind: Boolean(asker.kind) && heard.length > 0 && !kinds.has(asker.kind),
      country: Boolean(asker.country) && heard.length > 0 && !countries.has(asker.country),
    };
    return /** @type {Reason[]} */ (Object.keys(WEIGHTS)).filter((reason) => holds[reason]);
  }

  const weigh = (/** @type {Question} */ one) => reasonsOf(one).reduce((sum, reason) => sum + WEIGHTS[reason], 0);
  return { reasonsOf, weigh };
}

/** Ties go by support, then by who asked first, then by id: the same on every screen, and at every look.
 * @param {(question: Question) => number} weigh @returns {(a: Question, b: Question) => number} */
export const fairest = (weigh) => (a, b) =>
  weigh(b) - weigh(a) || b.supporters - a.supporters || a.at - b.at || (a.id < b.id ? -1 : 1);
