/**
 * Which questions ask the same, most likely: pure.
 *
 * @typedef {import("../records.js").Question} Question
 */

import { folded } from "../../app/lib/words.js";

const WAITING = ["held", "open", "queued", "on_deck"];
/** Words shorter than this stand in every question. */
const SHORT = 4;
/** Choices more than anybody reads through. */
const CHOICES_MAX = 50;

/** @param {string} text */
const wordsOf = (text) => new Set(folded(text).split(/[^\p{L}\p{N}]+/u).filter((word) => word.length >= SHORT));

/** Others that wait, those first that have most words in common with it. @param {Question} question @param {readonly Question[]} all */
export function likest(question, all) {
  const mine = wordsOf(question.text);
  const alike = (/** @type {Question} */ { text }) => [...wordsOf(text)].filter((word) => mine.has(word)).length;
  return all
    .filter(({ id, state }) => id !== question.id && WAITING.includes(state))
    .map((one) => ({ one, n: alike(one) }))
    .sort((a, b) => b.n - a.n || a.one.at - b.one.at || (a.one.id < b.one.id ? -1 : 1))
    .slice(0, CHOICES_MAX)
    .map(({ one }) => one);
}
