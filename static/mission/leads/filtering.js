/**
 * My leads as I look for them: by words, by a tag, and by whether there is something to do. Pure.
 *
 * @typedef {Readonly<Record<string, any> & {id: string}>} Lead
 * @typedef {"open"|"due"|"done"|"all"} State  `due`: its next step is of today or before
 * @typedef {{q: string, tag: string, state: State}} Look
 */

import { folded } from "../../app/lib/words.js";

/** @type {readonly State[]} */
export const STATES = ["open", "due", "done", "all"];
const WORDS = ["name", "organisation", "email", "phone", "notes", "next_step", "reason"];

/** @param {URLSearchParams} address @returns {Look} */
export const lookOf = (address) => ({
  q: address.get("q") ?? "",
  tag: address.get("tag") ?? "",
  state: STATES.find((state) => state === address.get("state")) ?? "open",
});

/** Those it is about, the newest first. @param {readonly Lead[]} leads @param {Look} look @param {string} today
 * YYYY-MM-DD */
export function filtered(leads, { q, tag, state }, today) {
  const wanted = folded(q).split(/\s+/).filter(Boolean);
  const fits = (/** @type {Lead} */ lead) => {
    const said = folded([...WORDS.map((name) => lead[name] ?? ""), ...(lead.tags ?? [])].join(" "));
    return isOf(lead, state, today) && (!tag || (lead.tags ?? []).some((/** @type {string} */ one) => folded(one) === folded(tag))) && wanted.every((word) => said.includes(word));
  };
  return leads.filter(fits).sort((one, other) => other.at - one.at || (one.id < other.id ? -1 : 1));
}

/** @param {Lead} lead @param {State} state @param {string} today */
export function isOf({ done, due }, state, today) {
  if (state === "all") return true;
  if (state === "done") return Boolean(done);
  return !done && (state === "open" || Boolean(due && due <= today));
}

/** How many there are of each. @param {readonly Lead[]} leads @param {string} today @returns {Record<State, number>} */
export const counted = (leads, today) =>
  /** @type {Record<State, number>} */ (Object.fromEntries(STATES.map((state) => [state, leads.filter((lead) => isOf(lead, state, today)).length])));

/** Each tag once, the most used first. @param {readonly Lead[]} leads @returns {string[]} */
export function tagsOf(leads) {
  /** @type {Map<string, {tag: string, n: number}>} */
  const tags = new Map();
  for (const tag of leads.flatMap((lead) => lead.tags ?? [])) {
    const known = tags.get(folded(tag)) ?? { tag, n: 0 };
    tags.set(folded(tag), { ...known, n: known.n + 1 });
  }
  return [...tags.values()].sort((one, other) => other.n - one.n || (one.tag < other.tag ? -1 : 1)).map(({ tag }) => tag);
}

/** The day it is here, as a field of days has it. @param {number} ms */
export function dayOf(ms) {
  const date = new Date(ms);
  const two = (/** @type {number} */ n) => String(n).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
