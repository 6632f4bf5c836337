/**
 * What a screen shows now: pure, from the records and from what it showed before.
 *
 * A live question goes before a poll; an open poll before one with results. Results that a question has
 * replaced do not come back after it. One thing the records do not tell is remembered from scene to scene: a
 * poll that was just closed stays until something else comes, for the host is about to reveal it.
 *
 * @typedef {import('../records.js').Session} Session
 * @typedef {import('../records.js').Stage} Stage
 * @typedef {import('../records.js').Question} Question
 * @typedef {import('../records.js').Poll} Poll
 * @typedef {{question: Question, age: number}} Recent  age from 0 (just now) to 1 (about to leave)
 * @typedef {object} Facts
 * @property {Session} [session]
 * @property {Stage} [stage]
 * @property {Question[]} questions
 * @property {Poll[]} polls
 * @property {readonly any[]} [answers]
 * @property {number} now
 * @typedef {object} Scene
 * @property {'empty'|'holding'|'question'|'poll'} shows
 * @property {Question} [question]
 * @property {Poll} [poll]
 * @property {Poll} [first] an earlier round of the poll, whose result is told
 * @property {readonly any[]} [answers] what is shown of what people wrote
 * @property {Session} [session]
 * @property {Recent[]} rail
 */

export const JUST_ASKED_MS = 5 * 60 * 1000;
/** More than a line has room for. */
export const RAIL_MAX = 8;

/** @type {Scene} */
export const EMPTY = { shows: "empty", rail: [] };

/** @param {Facts} facts @param {Scene} [before] @returns {Scene} */
export function sceneOf(facts, before = EMPTY) {
  if (!facts.session) return before;
  // after the end it says goodbye; should the session be opened again, it goes on from where it was
  const over = facts.session.state === "closed";
  const question = over ? undefined : liveQuestion(facts);
  const poll = over ? undefined : currentPoll(facts, before);
  const shows = question ? "question" : poll ? "poll" : "holding";
  return { shows, question, poll, ...besidesOf(facts, poll), session: facts.session, rail: railOf(facts, question) };
}

/** What is told beside a poll. @param {Facts} facts @param {any} poll */
function besidesOf({ polls, answers = [] }, poll) {
  const first = poll?.first && polls.find((one) => one.id === poll.first && one.counted !== undefined);
  const shown = poll?.form === "text" ? answers.filter((one) => one.poll === poll.id && one.state === "shown") : [];
  return { ...(first && { first }), ...(shown.length && { answers: shown }) };
}

/** @param {Facts} facts */
function liveQuestion(facts) {
  const live = facts.stage?.live;
  return live ? facts.questions.find((question) => question.id === live) : undefined;
}

/** @param {Facts} facts @param {Scene} before */
function currentPoll(facts, before) {
  const newest = (/** @type {(poll: Poll) => boolean} */ wanted) =>
    facts.polls
      .filter(wanted)
      .reduce((/** @type {Poll|undefined} */ a, b) => (a && openedAt(a) >= openedAt(b) ? a : b), undefined);
  return (
    newest((poll) => poll.state === "open") ??
    newest((poll) => poll.state === "closed" && poll.id === before.poll?.id) ??
    newest((poll) => poll.state === "revealed" && !isOver(poll, facts.questions))
  );
}

/** Whether a question came after the results. @param {Poll} poll @param {Question[]} questions */
const isOver = (poll, questions) => questions.some((question) => (question.live_at ?? 0) > (poll.revealed_at ?? 0));

/** @param {Poll} poll */
const openedAt = (poll) => poll.opened_at ?? 0;

/** The rail is there to find somebody after their moment; who is not named is not found. @param {Question} question */
const canBeFound = ({ asker }) => Boolean(asker.name || asker.organisation);

/** @param {Question} a @param {Question} b */
const sameAsker = (a, b) => a.id === b.id || (Boolean(a.asker.id) && a.asker.id === b.asker.id);

/** @param {Facts} facts @param {Question|undefined} live @returns {Recent[]} newest first, each asker once */
function railOf(facts, live) {
  const byId = new Map(facts.questions.map((question) => [question.id, question]));
  return (facts.stage?.just_asked ?? [])
    .map(({ question, at }) => ({ question: byId.get(question), age: (facts.now - at) / JUST_ASKED_MS }))
    .filter((recent) => recent.question && recent.question !== live && recent.age < 1 && canBeFound(recent.question))
    .map((recent) => /** @type {Recent} */ ({ ...recent, age: Math.max(0, recent.age) }))
    .reverse()
    .filter(({ question }, index, all) => all.findIndex((other) => sameAsker(other.question, question)) === index)
    .slice(0, RAIL_MAX);
}
