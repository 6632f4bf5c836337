/** Who comes first in the list of people. Pure. */

import { finder } from "../../app/lib/words.js";

/** @typedef {import("../../app/store.js").Item} Item */

const ROLE_PLACE = /** @type {Record<string, number>} */ ({ organiser: 0, host: 0, speaker: 1 });

/** Who is here to take part: hosts and screens are not counted, speakers are. @param {{here: boolean, role: string}|Item} person */
export const isAudience = ({ here, role }) => here && (role === "attendee" || role === "speaker");

/**
 * Hosts first, then who is here, then by name.
 * @param {readonly Item[]} people
 * @param {string} search in name and organisation
 * @param {string} lang
 */
export function orderedPeople(people, search, lang) {
  const isFound = finder(search);
  const compare = new Intl.Collator(lang, { sensitivity: "base", numeric: true }).compare;
  return people
    .filter((person) => person.role !== "stage" && isFound(person.name, person.organisation))
    .sort(
      (a, b) =>
        (ROLE_PLACE[a.role] ?? 2) - (ROLE_PLACE[b.role] ?? 2) ||
        Number(b.here) - Number(a.here) ||
        compare(a.name, b.name),
    );
}
