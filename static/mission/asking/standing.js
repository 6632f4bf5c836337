/**
 * How one stands with whoever asked a question on stage, or with somebody whose card is open: what is shown in the
 * place of asking. Pure.
 *
 * @typedef {Readonly<Record<string, any> & {id: string}>} Item
 * @typedef {{all: (kind: string) => readonly Item[]}} Records  a mission's
 * @typedef {{session: string, question: string}} Moment
 * @typedef {{whom: string, moment?: Moment}} Whom  by their id, or where that is not known (``whom`` is empty) by
 *   what they asked
 * @typedef {{what: "open"|"fresh"|"asked"|"over"|"connected"|"blocked", asking?: Item}} Standing  `fresh`: asked so
 *   lately that it can be taken back by the same press
 */

/** So long the press that asked takes it back. */
export const BACK_MS = 10_000;

/** @param {Records} records @param {Whom} whom @param {number} now Unix ms @returns {Standing} */
export function standing(records, { whom, moment }, now) {
  const isThem = (/** @type {Item} */ one) => (whom ? one.whom === whom : !one.whom && isSame(one.began, moment));
  if (whom && records.all("block").some((one) => one.whom === whom)) return { what: "blocked" };
  if (records.all("lead").some((one) => (whom ? one.whom === whom : one.began.some((/** @type {any} */ began) => isSame(began, moment))))) {
    return { what: "connected" };
  }
  const asking = records.all("asking").find(isThem);
  if (!asking) return { what: "open" };
  if (asking.over || asking.until <= now) return { what: "over", asking };
  return { what: now - asking.began.at < BACK_MS ? "fresh" : "asked", asking };
}

/** @param {{session?: string, question?: string}} began @param {Moment|undefined} moment */
const isSame = ({ session, question }, moment) =>
  Boolean(moment) && session === moment?.session && question === moment?.question;
