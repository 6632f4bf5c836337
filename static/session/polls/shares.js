/**
 * A poll's results as numbers to read: votes and whole percentages of the people who voted.
 *
 * Votes may be told of fewer people than have voted, so that they tell of nobody alone.
 *
 * @typedef {import('../records.js').Poll} Poll
 * @typedef {{id: string, text: string, votes: number, percent: number, most: boolean}} Result
 */

/** Of how many people the votes are. @param {Poll} poll */
export const counted = (poll) => poll.counted ?? poll.voters;

/** @param {Poll} poll @returns {Result[]} */
export function results(poll) {
  const most = Math.max(0, ...poll.options.map((option) => option.votes ?? 0));
  return poll.options.map(({ id, text, votes = 0 }) => ({
    id,
    text,
    votes,
    // of people and not of votes: with several choices the shares may exceed 100 together
    percent: counted(poll) > 0 ? Math.round((100 * votes) / counted(poll)) : 0,
    most: votes > 0 && votes === most,
  }));
}
