/** Which question and which person comes first. Pure. */

/** @typedef {import("../../store.js").Item} Item */
/** @typedef {import("../../outbox.js").Pending} Pending */

/** Live above all; what has been answered comes last. */
const PLACE = /** @type {Record<string, number>} */ ({ live: 0, answered: 2 });

/**
 * @param {readonly Item[]} questions
 * @param {"top"|"new"} sort
 * @returns {Item[]} the others' questions, in the order to show
 */
export function othersQuestions(questions, sort) {
  const byPlace = (/** @type {Item} */ a, /** @type {Item} */ b) => (PLACE[a.state] ?? 1) - (PLACE[b.state] ?? 1);
  const bySort = (/** @type {Item} */ a, /** @type {Item} */ b) =>
    a.state === "answered"
      ? (b.answered_at ?? 0) - (a.answered_at ?? 0)
      : sort === "top"
        ? b.supporters - a.supporters || a.at - b.at
        : b.at - a.at;
  return questions.filter((question) => !question.mine).sort((a, b) => byPlace(a, b) || bySort(a, b));
}

/** @param {readonly Item[]} questions */
export function ownQuestions(questions) {
  return questions.filter((question) => question.mine && question.state !== "withdrawn").sort((a, b) => b.at - a.at);
}

/**
 * What the viewer sees of support while their own click is under way.
 * @param {Item} question
 * @param {readonly Item[]} supports those of the viewer
 * @param {readonly Pending[]} pending
 * @returns {{supported: boolean, supporters: number}}
 */
export function supportOf(question, supports, pending) {
  const mine = pending.filter(({ command, args }) => /^(un)?support$/.test(command) && args.question === question.id);
  const was = supports.some((support) => support.question === question.id);
  const last = mine.at(-1);
  const supported = last ? last.command === "support" : was;
  return { supported, supporters: question.supporters + Number(supported) - Number(was) };
}

const ROLE_PLACE = /** @type {Record<string, number>} */ ({ organiser: 0, host: 0, speaker: 1 });

/**
 * Hosts first, then who is here, then by name.
 * @param {readonly Item[]} people
 * @param {string} search in name and organisation
 * @param {string} lang
 */
export function orderedPeople(people, search, lang) {
  const wanted = fold(search);
  const compare = new Intl.Collator(lang, { sensitivity: "base", numeric: true }).compare;
  return people
    .filter((person) => person.role !== "stage" && fold(`${person.name} ${person.organisation}`).includes(wanted))
    .sort(
      (a, b) =>
        (ROLE_PLACE[a.role] ?? 2) - (ROLE_PLACE[b.role] ?? 2) ||
        Number(b.here) - Number(a.here) ||
        compare(a.name, b.name),
    );
}

/** Ana finds Aña. @param {string} text */
function fold(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().trim();
}
