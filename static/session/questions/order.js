/** Which question comes first. Pure. */

/** @typedef {import("../../app/store.js").Item} Item */
/** @typedef {import("../../app/outbox.js").Pending} Pending */

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
