/**
 * A poll's results as numbers to read: votes and whole percentages of the people who voted.
 *
 * @typedef {import('./records.js').Poll} Poll
 * @typedef {{id: string, text: string, votes: number, percent: number, most: boolean}} Result
 */

/** @param {Poll} poll @returns {Result[]} */
export function results(poll) {
  const most = Math.max(0, ...poll.options.map((option) => option.votes ?? 0));
  return poll.options.map(({ id, text, votes = 0 }) => ({
    id,
    text,
    votes,
    // of people and not of votes: with several choices the shares may exceed 100 together
    percent: poll.voters > 0 ? Math.round((100 * votes) / poll.voters) : 0,
    most: votes > 0 && votes === most,
  }));
}
