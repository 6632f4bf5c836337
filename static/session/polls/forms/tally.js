/**
 * What came of a poll, as numbers to read and to draw: pure. What a record lacks is none, so that no record keeps a
 * page from being drawn.
 *
 * @typedef {{label: string, votes: number, percent: number, share: number, most: boolean, mine: boolean}} Column
 *   `percent` of the people who voted, `share` of the highest column, from 0 to 1
 * @typedef {{text: string, votes: number, size: number}} Word `size` from 0 to 1
 * @typedef {{id: string, place: number, text: string, score: number, share: number}} Place of a ranking
 */

/** @param {any} value @param {number} [other] */
export const number = (value, other = 0) => (Number.isFinite(value) ? value : other);

/** @param {any} value @returns {any[]} */
const list = (value) => (Array.isArray(value) ? value : []);

/** Steps of a scale that are drawn, however wrong a record is. */
const STEPS_MAX = 21;

/** The values of a scale, in their order. @param {any} poll @returns {number[]} */
export function stepsOf({ scale }) {
  const from = number(scale?.from, 1);
  const to = Math.min(number(scale?.to, 5), from + STEPS_MAX - 1);
  return Array.from({ length: Math.max(1, Math.floor(to - from) + 1) }, (_, at) => from + at);
}

/**
 * @param {{label: string, votes: number, mine?: boolean}[]} counts
 * @param {number} people
 * @returns {Column[]}
 */
export function columns(counts, people) {
  const most = Math.max(0, ...counts.map(({ votes }) => votes));
  return counts.map(({ label, votes, mine = false }) => ({
    label,
    votes,
    mine,
    percent: people > 0 ? Math.round((100 * votes) / people) : 0,
    share: most > 0 ? votes / most : 0,
    most: votes > 0 && votes === most,
  }));
}

/** @param {any} poll @param {number|null} [mine] */
export function scaleOf(poll, mine = null) {
  const votes = list(poll.tally?.votes);
  const counts = stepsOf(poll).map((step, at) => ({ label: String(step), votes: number(votes[at]), mine: step === mine }));
  return columns(counts, number(poll.counted, number(poll.voters)));
}

/** @param {any} poll @param {(value: number) => string} say @param {number|null} [mine] */
export function binsOf(poll, say, mine = null) {
  const bins = list(poll.tally?.bins);
  const counts = bins.map(({ from, to, votes }, at) => ({
    label: from === to ? say(from) : `${say(from)}–${say(to)}`,
    votes: number(votes),
    mine: mine !== null && mine >= from && (mine < to || (at === bins.length - 1 && mine <= to)),
  }));
  return columns(counts, number(poll.counted, number(poll.voters)));
}

/**
 * Of how many of the width a value stands over columns that are equally broad, be it of a wider range or not.
 * @param {any} bins @param {any} value @returns {number|null} null where it is in none
 */
export function placeIn(bins, value) {
  const all = list(bins);
  const at = all.findLastIndex(({ from, to }) => value >= from && value <= to);
  if (at < 0) return null;
  const { from, to } = all[at];
  return (at + (to > from ? (value - from) / (to - from) : 0.5)) / all.length;
}

/** The most said first; as said by as many they stay as they came. @param {any} poll @returns {Word[]} */
export function wordsOf({ tally }) {
  const words = list(tally?.words).filter((word) => typeof word?.text === "string" && !word.hidden);
  const most = Math.max(1, ...words.map(({ votes }) => number(votes)));
  return words
    .map(({ text, votes }) => ({ text, votes: number(votes), size: Math.sqrt(number(votes) / most) }))
    .sort((a, b) => b.votes - a.votes);
}

/** The largest in the middle, smaller ones around it, always in the same places for the same words. @param {Word[]} words */
export function asCloud(words) {
  /** @type {Word[]} */
  const before = [];
  /** @type {Word[]} */
  const after = [];
  words.forEach((word, at) => (at % 2 ? before.unshift(word) : after.push(word)));
  return [...before, ...after];
}

/** Best first; with the same score in the order of the poll. @param {any} poll @returns {Place[]} */
export function rankingOf({ options }) {
  const scored = list(options).map(({ id, text, score }) => ({ id, text, score: number(score) }));
  const most = Math.max(0, ...scored.map(({ score }) => score));
  const sorted = [...scored].sort((a, b) => b.score - a.score);
  return sorted.map((one) => ({
    ...one,
    place: 1 + sorted.findIndex(({ score }) => score === one.score),
    share: most > 0 ? one.score / most : 0,
  }));
}

/**
 * How a second round differs from the first: in whole points of a hundred for each option or step, and by the mean.
 * @param {Column[]|{percent: number}[]} now @param {Column[]|{percent: number}[]} first
 */
export const shifts = (now, first) => now.map(({ percent }, at) => percent - (first[at]?.percent ?? 0));

/** Answers in the groups that a host put them in, those of none at the end. @param {readonly any[]} answers */
export function grouped(answers) {
  /** @type {Map<string, any[]>} */
  const groups = new Map();
  for (const answer of answers) {
    const group = typeof answer.group === "string" ? answer.group : "";
    groups.set(group, [...(groups.get(group) ?? []), answer]);
  }
  return [...groups].sort(([a], [b]) => Number(a === "") - Number(b === "")).map(([group, all]) => ({ group, all }));
}

/**
 * A list with one thing a place on, or back.
 * @template T
 * @param {readonly T[]} all @param {number} at @param {number} by
 */
export function moved(all, at, by) {
  const to = at + by;
  if (to < 0 || to >= all.length) return [...all];
  const next = [...all];
  next.splice(to, 0, ...next.splice(at, 1));
  return next;
}

/**
 * What somebody meant by a number, in the way of their language or the other one: `1.250,5`, `1,250.5`, `12,5`, `1 250`.
 * A mark before three digits sets thousands apart where their language has it for that. Null for none.
 * @param {string} text @param {string} [lang]
 */
export function numberOf(text, lang = "en") {
  const plain = text.trim().replace(/[\s'\u00a0\u202f]/g, "").replace("\u2212", "-");
  if (!/^[+-]?\d[\d.,]*$|^[+-]?[.,]\d+$/.test(plain)) return null;
  const marks = [...new Set(plain.replace(/[^.,]/g, ""))];
  const [mark] = marks;
  if (marks.length === 2) return both(plain);
  const groups = mark ? plain.split(mark) : [plain];
  const isGroups = groups.length > 1 && /^[+-]?\d{1,3}$/.test(groups[0]) && groups.slice(1).every(({ length }) => length === 3);
  if (isGroups && (groups.length > 2 || mark === (lang === "nl" ? "." : ","))) return Number(groups.join(""));
  return groups.length > 2 ? null : Number(groups.join("."));
}

/** With marks of both kinds: the last one is the decimal mark, and stands once. @param {string} plain */
function both(plain) {
  const at = Math.max(plain.lastIndexOf("."), plain.lastIndexOf(","));
  const [whole, rest] = [plain.slice(0, at), plain.slice(at + 1)];
  const other = plain[at] === "." ? "," : ".";
  const groups = whole.split(other);
  const isRight = /^[+-]?\d{1,3}$/.test(groups[0]) && groups.slice(1).every((group) => /^\d{3}$/.test(group));
  return isRight && rest ? Number(`${groups.join("")}.${rest}`) : null;
}
