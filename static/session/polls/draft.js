/**
 * A poll while it is written: what Enter and the buttons make of its options, and what is still wrong with it. Pure.
 *
 * @typedef {import("../records.js").Poll} Poll
 * @typedef {{id: string, question: string, options: string[], choose: "one"|"many"}} Draft
 * @typedef {{field: "question"|"options"|number, text: string}} Wrong  a number is an option's place
 */

import { LIMITS } from "../../app/limits.js";

export const OPTIONS_MIN = LIMITS.draft_poll.options.minItems;
export const OPTIONS_MAX = LIMITS.draft_poll.options.maxItems;

/** @param {Poll|undefined} poll @returns {Draft} */
export function draftOf(poll) {
  if (!poll) return { id: "", question: "", options: ["", ""], choose: "one" };
  return { id: poll.id, question: poll.question, options: poll.options.map((one) => one.text), choose: poll.choose };
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

/** What the server is asked for: options left empty were only room to write. @param {Draft} draft */
export function argsOf({ id, question, options, choose }) {
  const written = options.map((option) => option.trim()).filter(Boolean);
  return { question: question.trim(), options: written, choose, ...(id ? { poll: id } : {}) };
}

/**
 * The first field that has to be mended before the server is asked; null if none.
 * @param {Draft} draft
 * @returns {{field: "question"|number, key: string}|null}
 */
export function mistakeIn(draft) {
  const { question, options } = argsOf(draft);
  if (!question) return { field: "question", key: "host.editor.no_question" };
  const at = secondOf(draft.options);
  if (at >= 0) return { field: at, key: "host.refused.poll.same_options" };
  if (options.length >= OPTIONS_MIN) return null;
  const room = draft.options.findIndex((option) => !option.trim());
  return { field: Math.max(room, 0), key: "host.editor.few_options" };
}

/** The place of an option that is there already. @param {string[]} options */
function secondOf(options) {
  const words = options.map((option) => option.trim());
  return words.findIndex((word, at) => word !== "" && words.indexOf(word) < at);
}
