/**
 * The question board's groups, and where in them a question stands.
 *
 * @typedef {import('../records.js').Question} Question
 * @typedef {import('../records.js').Stage} Stage
 * @typedef {import('../records.js').QuestionState} State
 * @typedef {Record<State, Question[]>} Groups
 * @typedef {'supporters'|'newest'|'fair'} Sort
 */

import { fairest } from "./fair.js";

/** From what is on air now to what is over; also the way `j` and `k` go. @type {State[]} */
export const ORDER = ["live", "on_deck", "queued", "held", "open", "answered", "dismissed"];

/** Before the first question. @returns {Groups} */
export const noGroups = () => ({
  held: [],
  open: [],
  queued: [],
  on_deck: [],
  live: [],
  answered: [],
  dismissed: [],
  withdrawn: [],
});

/**
 * @param {Iterable<Question>} questions
 * @param {Stage|undefined} stage
 * @param {Sort} sort  of the open ones
 * @param {(question: Question) => number} [weigh] what speaks for one where unheard voices go first
 * @returns {Groups}
 */
export function groups(questions, stage, sort, weigh = () => 0) {
  const found = noGroups();
  for (const question of questions) found[question.state]?.push(question);
  const place = places(stage?.queue ?? []);
  found.held.sort((a, b) => a.at - b.at);
  found.open.sort(sort === "newest" ? newest : sort === "fair" ? fairest(weigh) : supported);
  found.queued.sort((a, b) => place(a) - place(b));
  found.answered.sort((a, b) => (b.answered_at ?? 0) - (a.answered_at ?? 0));
  found.dismissed.sort(newest);
  return found;
}

/**
 * The board as it stood when somebody began to point at it: every card stays in its place, whatever became of the
 * question, be it withdrawn; newcomers are only counted.
 * @param {Groups} found @param {Groups} held
 */
export function heldBoard(found, held) {
  const now = new Map(Object.values(found).flatMap((some) => some.map((question) => [question.id, question])));
  const seen = new Set(Object.values(held).flatMap((some) => some.map(({ id }) => id)));
  const as = (/** @type {Question} */ was) => now.get(was.id) ?? { ...was, state: /** @type {State} */ ("withdrawn") };
  const still = Object.entries(held).map(([state, some]) => [state, some.map(as)]);
  const fresh = [...found.held, ...found.open].filter((question) => !seen.has(question.id)).length;
  return { found: /** @type {Groups} */ (Object.fromEntries(still)), fresh };
}

/** @param {Groups} found @param {Set<State>} folded  groups whose cards are not on screen */
export const walk = (found, folded) =>
  ORDER.filter((state) => !folded.has(state)).flatMap((state) => found[state].map((q) => q.id));

/**
 * The neighbour to select, from a question or from nowhere.
 * @param {string[]} ids @param {string|null} from @param {1|-1} step
 */
export function neighbour(ids, from, step) {
  const at = from === null ? -1 : ids.indexOf(from);
  if (at < 0) return step > 0 ? ids[0] : ids.at(-1);
  return ids[Math.min(Math.max(at + step, 0), ids.length - 1)];
}

/**
 * Whose turn it is after the live one: who was told so, else the head of the line.
 * @param {Stage|undefined} stage
 */
export const nextUp = (stage) => stage?.on_deck ?? stage?.queue?.[0] ?? null;

/**
 * What `queue{before}` must say to move a question one place; undefined where it cannot.
 * @param {string[]} line @param {string} id @param {1|-1} step
 * @returns {string|null|undefined}
 */
export function beforeAfterMove(line, id, step) {
  const at = line.indexOf(id);
  const to = at + step;
  if (at < 0 || to < 0 || to >= line.length) return undefined;
  return step < 0 ? line[to] : (line[to + 1] ?? null);
}

/**
 * What `queue{before}` must say when a question is dropped on another; undefined where nothing would change.
 * @param {string[]} line @param {string} id @param {string} target @param {boolean} lower  on its lower half
 * @returns {string|null|undefined}
 */
export function beforeWhenDropped(line, id, target, lower) {
  const others = line.filter((one) => one !== id);
  const at = others.indexOf(target);
  if (at < 0) return undefined;
  const before = lower ? (others[at + 1] ?? null) : target;
  return before === (line[line.indexOf(id) + 1] ?? null) ? undefined : before;
}

/** @param {Question} a @param {Question} b */
const newest = (a, b) => b.at - a.at || (a.id < b.id ? -1 : 1);

/** @param {Question} a @param {Question} b */
const supported = (a, b) => b.supporters - a.supporters || a.at - b.at || (a.id < b.id ? -1 : 1);

/** @param {string[]} line */
function places(line) {
  const place = new Map(line.map((id, index) => [id, index]));
  return (/** @type {Question} */ question) => place.get(question.id) ?? line.length;
}
