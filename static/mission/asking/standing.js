/**
 * How one stands with whoever is seen in a session, to be asked with one press. Pure.
 *
 * @typedef {Readonly<Record<string, any> & {id: string}>} Item
 * @typedef {{session: string, question: string}} Moment
 * @typedef {{whom: string, moment?: Moment}} Whom  by their id, or where that is not known (`whom` is empty) by what
 *   they asked
 * @typedef {{what: "me"|"open"|"wants"|"fresh"|"asked"|"over"|"connected"|"blocked", item: Item|null}} Stands  `fresh`:
 *   asked so lately that the same press takes it back
 */

import { isOver, standing } from "../contacts/standing.js";

/** So long the press that asked takes it back. */
export const BACK_MS = 10_000;

/** @param {Pick<import("../../app/store.js").Store, "all">} store a mission's @param {string} me @param {Whom} whom
 * @param {number} now Unix ms @returns {Stands} */
export function stands(store, me, { whom, moment }, now) {
  const found = whom ? standing(store, me, whom, now) : byMoment(store, moment, now);
  return found.what === "asked" && now - found.item?.began.at < BACK_MS ? { ...found, what: "fresh" } : found;
}

/** Of whom one knows no name: what was asked of anybody by name has nothing to do with it.
 * @param {Pick<import("../../app/store.js").Store, "all">} store @param {Moment|undefined} moment @param {number} now @returns {Stands} */
function byMoment(store, moment, now) {
  const isIt = (/** @type {{session?: string, question?: string}} */ { session, question }) =>
    session === moment?.session && question === moment?.question;
  const lead = store.all("lead").find(({ began }) => began.some(isIt));
  if (lead) return { what: "connected", item: lead };
  const asking = store.all("asking").find(({ whom, began }) => !whom && isIt(began));
  return asking ? { what: isOver(asking, now) ? "over" : "asked", item: asking } : { what: "open", item: null };
}
