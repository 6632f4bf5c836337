/**
 * In which order polls are listed: pure.
 *
 * @typedef {import("../records.js").Poll} Poll
 */

const RANK = { open: 0, closed: 1, draft: 2, revealed: 3 };

/**
 * The one opened last stays first through all its steps, so that the next button is where the last one was;
 * then what runs, what can be run, and what is done.
 * @param {readonly Poll[]} polls
 */
export function inOrder(polls) {
  const opened = (/** @type {Poll} */ poll) => poll.opened_at ?? 0;
  const last = polls.reduce(
    (/** @type {Poll|undefined} */ a, b) => (opened(b) > (a ? opened(a) : 0) ? b : a),
    undefined,
  );
  const rank = (/** @type {Poll} */ poll) => (poll === last ? -1 : RANK[poll.state]);
  return [...polls].sort((a, b) => rank(a) - rank(b) || b.at - a.at);
}
