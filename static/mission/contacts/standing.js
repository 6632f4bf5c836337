/**
 * How one stands with another participant: what a card shows in the place of asking. Pure.
 *
 * @typedef {{what: "me"|"blocked"|"connected"|"wants"|"asked"|"over"|"open", item: import("../../app/store.js").Item|null}} Standing
 *   `item`: the block, lead, request or asking; `over`: asked once, and without an answer in its time
 */

/** @param {Pick<import("../../app/store.js").Store, "all">} store a mission's @param {string} me @param {string} whom
 * @param {number} now Unix ms @returns {Standing} */
export function standing(store, me, whom, now) {
  if (whom === me) return { what: "me", item: null };
  const of = (/** @type {string} */ kind, /** @type {string} */ field) => store.all(kind).find((one) => one[field] === whom) ?? null;
  const [block, lead, request, asking] = [of("block", "whom"), of("lead", "whom"), of("request", "by"), of("asking", "whom")];
  if (block) return { what: "blocked", item: block };
  if (lead) return { what: "connected", item: lead };
  if (request) return { what: "wants", item: request };
  if (asking) return { what: isOver(asking, now) ? "over" : "asked", item: asking };
  return { what: "open", item: null };
}

/** @param {Readonly<Record<string, any>>} asking @param {number} now */
export const isOver = ({ over, until }, now) => over || until <= now;
