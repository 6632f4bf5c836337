/**
 * Who would like to talk to one, by where it began: who heard one's question is one group, who found one in the list
 * of participants another. The first who asked stands first, so whoever comes changes no place above. Pure.
 *
 * @typedef {Readonly<Record<string, any> & {id: string}>} Request
 * @typedef {{key: string, where: string, session: string, question: string, requests: Request[]}} Group
 */

/** @param {readonly Request[]} requests @returns {Group[]} */
export function grouped(requests) {
  /** @type {Map<string, Group>} */
  const groups = new Map();
  for (const request of [...requests].sort(inOrder)) {
    const { where, session = "", question = "" } = request.began;
    const key = JSON.stringify(question ? [session, question] : [session, where]);
    /** @type {Group} */
    const group = groups.get(key) ?? { key, where, session, question, requests: [] };
    group.requests.push(request);
    groups.set(key, group);
  }
  return [...groups.values()];
}

/** @param {Request} one @param {Request} other */
const inOrder = (one, other) => one.began.at - other.began.at || (one.id < other.id ? -1 : 1);
