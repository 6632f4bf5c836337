/**
 * A poll while it is written: what Enter and the buttons make of its options, and what is still wrong with it. Pure.
 *
 * @typedef {import("../records.js").Poll} Poll
 * @typedef {"choice"|"scale"|"cloud"|"text"|"ranking"|"number"|"quiz"} FormName
 * @typedef {"always"|"voted"|"closed"|"revealed"|"never"} Results
 * @typedef {object} Draft
 * @property {string} id
 * @property {FormName} form
 * @property {string} question
 * @property {string[]} options
 * @property {"one"|"many"} choose
 * @property {Results} results who sees the result, and when
 * @property {"anonymous"|"hosts"} names
 * @property {number} from @property {number} to of a scale
 * @property {string} low @property {string} high what the ends of a scale mean
 * @property {string} unit @property {string} least @property {string} most of a number, as they are typed
 * @property {number[]} right places of the right options of a quiz, from 0
 * @property {boolean} points whether right answers are counted by organisation
 * @property {boolean} moderated
 * @property {number} seconds until it closes by itself; 0 for never
 * @property {string} first id of the poll of which this is a second round
 * @typedef {{field: string|number, text: string}} Wrong  a number is an option's place
 */

import { LIMITS } from "../../app/limits.js";
import { numberOf } from "./forms/tally.js";

export const OPTIONS_MIN = LIMITS.draft_poll.options.minItems || 2;
export const OPTIONS_MAX = LIMITS.draft_poll.options.maxItems;

/** Which of them are answered among options. @type {ReadonlySet<string>} */
export const WITH_OPTIONS = new Set(["choice", "ranking", "quiz"]);
/** Which of them are answered in people's words. @type {ReadonlySet<string>} */
export const IN_WORDS = new Set(["cloud", "text"]);
/** In the order in which they are offered. @type {FormName[]} */
export const FORMS = ["choice", "scale", "cloud", "text", "ranking", "number", "quiz"];

/** @type {Draft} */
const EMPTY = {
  id: "",
  form: "choice",
  question: "",
  options: ["", ""],
  choose: "one",
  results: "revealed",
  names: "anonymous",
  from: 1,
  to: 5,
  low: "",
  high: "",
  unit: "",
  least: "",
  most: "",
  right: [],
  points: false,
  moderated: true,
  seconds: 0,
  first: "",
};

/** @param {any} poll a record, or none for a new one @returns {Draft} */
export function draftOf(poll) {
  if (!poll) return { ...EMPTY, options: [...EMPTY.options] };
  const { id, question, choose = "one", form = "choice", scale, number } = poll;
  const options = poll.options.map((/** @type {any} */ one) => one.text);
  const ids = poll.options.map((/** @type {any} */ one) => one.id);
  const typed = (/** @type {unknown} */ value) => (Number.isFinite(value) ? String(value) : "");
  return {
    ...EMPTY,
    id,
    form,
    question,
    choose,
    options: options.length ? options : [...EMPTY.options],
    results: poll.results ?? EMPTY.results,
    names: poll.names ?? EMPTY.names,
    ...(scale && { from: scale.from, to: scale.to, low: scale.low ?? "", high: scale.high ?? "" }),
    ...(number && { unit: number.unit ?? "", least: typed(number.low), most: typed(number.high) }),
    right: (poll.right ?? []).map((/** @type {string} */ one) => ids.indexOf(one)),
    points: poll.points === true,
    moderated: poll.moderated === true,
    seconds: poll.seconds ?? 0,
    first: poll.first ?? "",
  };
}

/**
 * Where to write on after an option: the empty one that follows, else a new one behind it.
 * @param {string[]} options @param {number} at
 * @returns {{options: string[], at: number}}
 */
export function nextOption(options, at) {
  const next = Math.min(at + 1, options.length);
  if (options[next] === "" || options.length >= OPTIONS_MAX)
    return { options, at: Math.min(next, options.length - 1) };
  return { options: options.toSpliced(next, 0, ""), at: next };
}

/** Without one of its options; which are right stays with the others. @param {Draft} draft @param {number} at */
export const withoutOption = ({ options, right }, at) => ({
  options: options.toSpliced(at, 1),
  right: right.filter((one) => one !== at).map((one) => (one > at ? one - 1 : one)),
});

/** Options that are more than room to write, with the place that each has in the form. @param {Draft} draft */
const writtenOf = ({ options }) => options.map((option, place) => ({ text: option.trim(), place })).filter(({ text }) => text);

/**
 * What the server is asked for: options left empty were only room to write, and what is usual is not said.
 * @param {Draft} draft @param {string} [lang] in which numbers are typed
 */
export function argsOf(draft, lang) {
  const { id, form, question, choose, results, names, seconds, first } = draft;
  return {
    question: question.trim(),
    ...(form === "choice" ? {} : { form }),
    ...(WITH_OPTIONS.has(form) ? ofOptions(draft) : {}),
    ...(form === "choice" || form === "quiz" ? { choose } : {}),
    ...(form === "scale" ? { scale: { from: draft.from, to: draft.to, low: draft.low.trim(), high: draft.high.trim() } } : {}),
    ...(form === "number" ? { number: { unit: draft.unit.trim(), low: numberOf(draft.least, lang), high: numberOf(draft.most, lang) } } : {}),
    ...(IN_WORDS.has(form) ? { moderated: draft.moderated } : {}),
    ...(results === EMPTY.results ? {} : { results }),
    ...(names === EMPTY.names ? {} : { names }),
    ...(seconds ? { seconds } : {}),
    ...(first ? { first } : {}),
    ...(id ? { poll: id } : {}),
  };
}

/** @param {Draft} draft */
function ofOptions(draft) {
  const written = writtenOf(draft);
  const options = written.map(({ text }) => text);
  if (draft.form !== "quiz") return { options };
  const right = written.flatMap(({ place }, at) => (draft.right.includes(place) ? [at + 1] : []));
  return { options, right, ...(draft.points ? { points: true } : {}) };
}

/**
 * The first field that has to be mended before the server is asked; null if none.
 * @param {Draft} draft @param {string} [lang]
 * @returns {{field: string|number, key: string}|null}
 */
export function mistakeIn(draft, lang) {
  if (!draft.question.trim()) return { field: "question", key: "host.editor.no_question" };
  if (draft.form === "number") return mistakeInNumber(draft, lang);
  if (draft.form === "scale") return draft.to > draft.from ? null : { field: "to", key: "host.editor.scale_order" };
  if (!WITH_OPTIONS.has(draft.form)) return null;
  const at = secondOf(draft.options);
  if (at >= 0) return { field: at, key: "host.refused.poll.same_options" };
  if (writtenOf(draft).length >= OPTIONS_MIN) return mistakeInRight(draft);
  const room = draft.options.findIndex((option) => !option.trim());
  return { field: Math.max(room, 0), key: "host.editor.few_options" };
}

/** @param {Draft} draft */
function mistakeInRight(draft) {
  if (draft.form !== "quiz") return null;
  const right = writtenOf(draft).filter(({ place }) => draft.right.includes(place));
  return right.length ? null : { field: "right", key: "host.editor.no_right" };
}

/** @param {Draft} draft @param {string} [lang] */
function mistakeInNumber({ least, most }, lang) {
  const [low, high] = [numberOf(least, lang), numberOf(most, lang)];
  if (least.trim() && low === null) return { field: "least", key: "forms.no_number" };
  if (most.trim() && high === null) return { field: "most", key: "forms.no_number" };
  return low !== null && high !== null && high <= low ? { field: "most", key: "host.editor.number_order" } : null;
}

/** The place of an option that is there already. @param {string[]} options */
function secondOf(options) {
  const words = options.map((option) => option.trim());
  return words.findIndex((word, at) => word !== "" && words.indexOf(word) < at);
}
